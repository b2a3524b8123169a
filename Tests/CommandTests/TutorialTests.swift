import Foundation
import Testing

/// The tutorials, done as their readers do them: where a page is no longer true, its test fails.
@Suite("Tutorials", .ofPrograms)
struct TutorialTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test("a new figure in twenty lines")
  func newFigure() throws {
    for folder in ["figures", "report-templates"] {
      try FileManager.default.copyItem(
        atPath: "\(Program.repository)/\(folder)", toPath: program.path(folder))
    }
    let tutorial = try Tutorial("new-figure")
    try tutorial.execute(in: program, environment: ["PLATEAU_HOME": program.folder])
    guard case .file(_, let spec) = tutorial.steps.first else {
      Issue.record("the page does not begin with a file")
      return
    }
    #expect((15...25).contains(spec.split(separator: "\n").count))
  }

  @Test(
    "is my network flat, and is its function simple?",
    .enabled(
      if: Python.withPyTorch != nil,
      "no Python with PyTorch and safetensors, as Debian's python3-torch and pip install safetensors give"))
  func ownNetwork() throws {
    let python = try #require(Python.withPyTorch).joined(separator: " ")
    try program.write(Array("#!/bin/sh\nexec \(python) \"$@\"\n".utf8), to: "bin/python3")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: program.path("bin/python3"))
    try Tutorial("own-network").execute(
      in: program, environment: ["IMAGES": "\(Program.repository)/Sources/Datasets/BuiltIn/mnist-5k"])
  }

  @Test(
    "… stands for what differs, in a line or for lines, and for nothing else",
    arguments: [
      ("a 1.25\n", "a 1.…\n", true), ("a 1.25 b\n", "a … b\n", true), ("a 2.25\n", "a 1.…\n", false),
      ("a\nb\nc\n", "a\n…\nc\n", true), ("a\nc\n", "a\n…\nc\n", true), ("a\nb\n", "a…\n", false),
      ("a (b)* [c]\n", "a (b)* [c]\n", true), ("aXb\n", "a.b\n", false), ("a\n", "a\nb\n", false),
      ("a\nb\n", "a\n", false),
    ])
  func wildcards(actual: String, shown: String, isSame: Bool) throws {
    #expect(try Tutorial.matches(actual, shown) == isSame)
  }

  @Test(
    "a block that is neither commands, nor their output, nor a named file is refused, as is one that is open")
  func faults() throws {
    for page in ["```python\nx\n```\n", "```text\nx\n```\n", "```sh\nx\n"] {
      #expect(throws: Tutorial.Fault.self) { try Tutorial(text: page) }
    }
    let steps = try Tutorial(text: "words\n```sh\na\nb\n```\n\n```text\n1\n```\n```yaml x/y.yml\nk: v\n```\n")
      .steps
    guard steps.count == 2, case .commands("a\nb\n", printed: "1\n") = steps[0],
      case .file("x/y.yml", "k: v\n") = steps[1]
    else {
      Issue.record("\(steps)")
      return
    }
  }
}
