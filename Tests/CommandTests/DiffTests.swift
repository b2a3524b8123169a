import Foundation
import TestSupport
import Testing

/// The streams and exit codes of comparisons; what they find is in `WorkflowTests`.
@Suite("Comparing reports by command")
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
    let incomparable = try program.run("diff", "drawn", "quick", environment: home)
    #expect(incomparable.status == 2)
    #expect(incomparable.output.hasPrefix("Cannot be compared:\n  another profile: smoke"))
    let missing = try program.run("diff", "first", "nowhere", environment: home)
    #expect(missing.status == 2 && missing.errors.contains("nowhere does not exist"))

    let history = try program.run("history", "second", "first.tar.gz", "--output", "trend", environment: home)
    #expect(history.status == 0 && history.output.contains("2 reports"), "\(history.errors)")
  }
}
