import Foundation
import TestSupport
import Testing

/// The streams and exit codes of comparisons; what they find is in `WorkflowTests`.
@Suite("Comparing reports by command", .ofPrograms)
struct DiffTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test("status 0 for the same, 1 for another box, 2 for another profile or no report; each says why")
  func statuses() throws {
    let home = ["PLATEAU_HOME": try TinyProject(at: program.path("home")).path]
    let altered = try TinyProject(
      at: program.path("altered"), file: "table1.yml", replacing: "mnist-fcn: {box: 1e-4",
      with: "mnist-fcn: {box: 5e-4")
    for (output, figures, profile, environment) in [
      ("first", "S5", "smoke", home), ("second", "S5", "smoke", ["PLATEAU_HOME": altered.path]),
      ("drawn", "1", "smoke", home), ("quick", "1", "quick", home),
    ] {
      let made = try program.run(
        "report", "--profile", profile, "--figures", figures, "--output", output, environment: environment)
      try #require(made.status == 0, "\(made.errors)")
    }
    let archived = try program.run("archive", "first", "--output", "first.tar.gz")
    #expect(archived.status == 0 && archived.output.contains("sha256 "), "\(archived.errors)")

    let same = try program.run("diff", "first", "first.tar.gz", environment: home)
    #expect(same.status == 0 && same.output.hasSuffix("Same: every byte but run.json’s\n"), "\(same.errors)")
    let differs = try program.run("diff", "first", "second", "--output", "page", environment: home)
    #expect(differs.status == 1, "\(differs.errors)")
    #expect(differs.output.contains("sharpness/mnist-fcn.box: 0.0001 → 0.0005"))
    #expect(differs.errors == "page/index.html is written\n")
    let markdown = try program.run("diff", "first", "second", "--markdown", environment: home)
    #expect(markdown.status == 1 && markdown.output.hasPrefix("## Differs"))
    let pictures = try program.run(
      "diff", "first", "second", "--markdown", "--pictures", "javascript:x", environment: home)
    #expect(pictures.status == 64 && pictures.errors.contains("--pictures is 'javascript:x'"))
    let incomparable = try program.run("diff", "drawn", "quick", environment: home)
    #expect(incomparable.status == 2)
    #expect(incomparable.output.hasPrefix("Cannot be compared:\n  another profile: smoke"))
    let missing = try program.run("diff", "first", "nowhere", environment: home)
    #expect(missing.status == 2 && missing.errors.contains("nowhere does not exist"))

    let history = try program.run(
      "history", "second", "first.tar.gz", "--output", "trend", "--threshold", "0", environment: home)
    #expect(history.status == 0 && history.output.contains("2 reports"), "\(history.errors)")
    #expect(history.output.hasPrefix("Verdicts that changed: 0\nMoves above 0 half-widths"))
    #expect(try program.run("history", "first", "second", "--threshold=-1").status == 64)

    try accept(home)
  }

  /// Accepts the difference of `second` from `first`.
  private func accept(_ home: [String: String]) throws {
    func accept(_ arguments: String..., environment: [String: String]) throws -> Program.Outcome {
      try program.start(
        ["accept", "second", "--against", "first", "--reason", "another box"] + arguments,
        environment: home.merging(environment) { $1 }
      ).outcome()
    }
    let unknown = try accept("--figure", "9", "--who", "A. Author", environment: [:])
    #expect(unknown.status == 2 && unknown.errors.contains("neither report has a figure '9'; they have S5"))
    let nowhere = try accept("--figure", "S5", "--who", "A. Author", "--accepted", "none", environment: [:])
    #expect(nowhere.status == 2 && nowhere.errors.contains("--accepted none names no folder to write to"))
    let nobody = try accept("--figure", "S5", environment: ["PATH": "/nowhere"])
    #expect(nobody.status == 64 && nobody.errors.contains("--who"))
    #expect(try program.run("diff", "first", "second", environment: home).status == 1)

    // A git that knows a name.
    let git = "#!/bin/sh\n[ \"$*\" = 'config user.name' ] && echo 'A. Git'\n"
    try Data(git.utf8).write(to: URL(fileURLWithPath: program.path("git")))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path("git"))
    let path = program.path("git").replacing("/git", with: "") + ":/usr/bin:/bin"
    let accepted = try accept("--figure", "s5", environment: ["PATH": path])
    #expect(accepted.status == 0 && accepted.output.hasPrefix("Figure S5: "), "\(accepted.errors)")
    #expect(accepted.errors.hasSuffix("figures/accepted/figS5.yml is written\n"))
    let same = try program.run("diff", "first", "second", "--only-changed", environment: home)
    #expect(same.status == 0 && same.output.contains("Left out: 1 accepted (Figure S5)."), "\(same.output)")
    #expect(same.output.contains("another box (A. Git, "))
    #expect(
      try program.run("diff", "first", "second", "--accepted", "none", environment: home).status == 1)
    let missing = try program.run("diff", "first", "second", "--accepted", "nowhere", environment: home)
    #expect(missing.status == 2 && missing.errors.contains("cannot read nowhere: there is no such folder"))
    // The same again takes the earlier entry's place.
    let again = try accept("--figure", "S5", "--who", "A. Author", "--tolerance", environment: [:])
    #expect(again.status == 0 && again.errors.contains("takes the place of 1 from the same report"))
    #expect(try program.run("diff", "first", "second", environment: home).status == 0)
  }
}
