import Foundation
import Testing

/// Two reports of one figure, the second with another box, compared as a user would.
@Suite("Comparing reports by command")
struct DiffTests {
  private let program: Program

  init() throws { program = try Program() }

  /// Makes the report of Figure S5 twice from one store: as it is, and with the specs altered by `edit`.
  private func reports(_ file: String, replacing old: String, with new: String) throws {
    let made = try program.run("report", "--profile", "smoke", "--figures", "S5", "--output", "first")
    try #require(made.status == 0, "\(made.errors)")
    for folder in ["figures", "report-templates"] {
      try FileManager.default.createDirectory(
        atPath: program.path("home"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: Program.repository + "/" + folder, toPath: program.path("home/\(folder)"))
    }
    let path = program.path("home/figures/\(file)")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old))
    try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: URL(fileURLWithPath: path))
    let altered = try program.run(
      "report", "--profile", "smoke", "--figures", "S5", "--output", "second",
      environment: ["PLATEAU_HOME": program.path("home")])
    try #require(altered.status == 0, "\(altered.errors)")
  }

  @Test(
    "a report of another box differs: status 1, the setting named, a page with the moves; bundles do as well")
  func alteredBox() throws {
    try reports("table1.yml", replacing: "mnist-fcn:\n    box: 1e-4", with: "mnist-fcn:\n    box: 5e-4")
    let outcome = try program.run("diff", "first", "second", "--output", "page", "--json", "diff.json")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("sharpness/mnist-fcn.box: 0.0001 → 0.0005"))
    #expect(outcome.output.contains("6 of 6 points moved"))
    let files = program.files(in: "page")
    for name in ["index.html", "difference/figS5.png", "moves/figS5.svg"] { #expect(files.contains(name)) }
    let json = try Data(contentsOf: URL(fileURLWithPath: program.path("diff.json")))
    #expect(try json == Data(contentsOf: URL(fileURLWithPath: program.path("page/diff.json"))))
    // The same runs were measured anew: only sharpness moved.
    #expect(!outcome.output.contains("generalization_percent"))

    for name in ["first", "second"] {
      #expect(try program.run("archive", name, "--output", name + ".tar.gz").status == 0)
    }
    let bundles = try program.run("diff", "first.tar.gz", "second.tar.gz", "--markdown")
    #expect(bundles.status == 1 && bundles.output.hasPrefix("## Differs"))
    let same = try program.run("diff", "first", "first.tar.gz")
    #expect(same.status == 0 && same.output.hasSuffix("Same: every byte but run.json’s\n"), "\(same.errors)")

    let history = try program.run("history", "second", "first.tar.gz", "--output", "trend")
    #expect(history.status == 0 && history.output.contains("2 reports"), "\(history.errors)")
    #expect(program.files(in: "trend").contains("history.csv"))

    // Tolerances of one's own may let it pass, settings never.
    try program.write(
      Array("statistics: {bitwise: not-counted}\npoints: {bitwise: not-counted}\n".utf8), to: "loose.yml")
    let loose = try program.run("diff", "first", "second", "--tolerances", "loose.yml")
    #expect(loose.status == 1)
  }

  @Test("another profile cannot be compared: status 2, said first")
  func otherProfile() throws {
    for profile in ["smoke", "quick"] {
      let made = try program.run("report", "--profile", profile, "--figures", "1", "--output", profile)
      try #require(made.status == 0, "\(made.errors)")
    }
    let outcome = try program.run("diff", "smoke", "quick")
    #expect(outcome.status == 2)
    #expect(outcome.output.hasPrefix("Cannot be compared:\n  another profile: smoke"))
  }

  @Test("what is no report, no tolerance file or no place to write to ends with status 2 and its name")
  func badInput() throws {
    let made = try program.run("report", "--figures", "1")
    try #require(made.status == 0)
    try program.write(Array("mine".utf8), to: "full/notes.txt")
    try program.write(Array("statistics: {exact: 1}\n".utf8), to: "wrong.yml")
    for (arguments, word) in [
      (["report", "nowhere"], "nowhere does not exist"), (["full", "report"], "full is not a report"),
      (["report", "full/notes.txt"], "full/notes.txt"),
      (["report", "report", "--tolerances", "wrong.yml"], "wrong.yml:1:14"),
      (["report", "report", "--output", "full"], "no comparison of plateau"),
      (["report", "report", "--json", "nowhere/d.json"], "nowhere/d.json could not be written"),
    ] {
      let outcome = try program.start(["diff"] + arguments).outcome()
      #expect(outcome.status == 2 && outcome.errors.contains(word), "\(arguments) \(outcome.errors)")
    }
    #expect(program.files(in: "full") == ["notes.txt"])
  }
}
