import Bundles
import Foundation
import Specifications
import TestSupport
import Testing

/// What of reports takes a process of its own: environment, signals, exit codes, streams, other BLAS kernels,
/// two calls at once. The rest is in `WorkflowTests`.
@Suite("Reports by command", .ofPrograms)
struct ReportTests {
  /// On all figures of the tiny project.
  private static let runCount = 12

  /// The report that all others are compared with.
  private static let reference = Result {
    let program = try Program()
    _ = try TinyProject(at: program.path("home"))
    let outcome = try program.run(
      "report", "--profile", "smoke", "--jobs", "2", environment: ["PLATEAU_HOME": program.path("home")])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return (outcome: outcome, files: try program.contents(of: "report"))
  }
  private let program: Program
  private let home: [String: String]

  init() throws {
    program = try Program()
    home = ["PLATEAU_HOME": try TinyProject(at: program.path("home")).path]
  }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Outcome {
    try program.start(arguments, environment: home.merging(environment) { _, own in own }).outcome()
  }

  /// Compares the report in `folder` with the reference, file by file.
  private func expectReference(_ folder: String = "report", location: SourceLocation = #_sourceLocation)
    throws
  {
    let reference = try Self.reference.get().files
    let found = try program.contents(of: folder)
    #expect(found.keys.sorted() == reference.keys.sorted(), sourceLocation: location)
    let different = reference.keys.filter { reference[$0] != found[$0] }.sorted()
    #expect(different.isEmpty, sourceLocation: location)
  }

  private var recordCount: Int { program.files(in: "store/runs", endingIn: ".json").count }

  @Test("claims and the report's place go to standard output, progress to standard error")
  func streams() throws {
    let outcome = try Self.reference.get().outcome
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count > 1, "\(outcome.output)")
    #expect(lines.dropLast().allSatisfy { $0.contains("It is tight.") })
    #expect(lines.last?.hasPrefix("report/index.html is written; digest ") == true)
    #expect(outcome.errors.contains("plateau: runs to do: \(Self.runCount); "))
    #expect(outcome.errors.contains("\(Self.runCount)/\(Self.runCount) runs"), "\(outcome.errors)")
  }

  @Test("another time zone, locale, umask, working folder, home and one job give the same bytes")
  func elsewhere() throws {
    try program.write([], to: "some where/else/empty")
    let environment = [
      "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "HOME": "/nonexistent",
      "USER": "someone", "COLUMNS": "40",
    ]
    let outcome = try program.run(
      "report", "--profile", "smoke", "--jobs", "1", "--output", "my report", "--store", "../a store",
      environment: environment.merging(home) { _, own in own }, after: "umask 027",
      folder: program.path("some where/else"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(program.files(in: "some where/a store/runs", endingIn: ".json").count == Self.runCount)
    try expectReference("some where/else/my report")
  }

  @Test("a run that is killed and started again gives the same bytes as one that is left in peace")
  func killed() throws {
    var stored = Self.runCount
    // On a busy machine the program may have done all of them before it is looked at: then once more.
    while stored == Self.runCount {
      try? FileManager.default.removeItem(atPath: program.path("store"))
      let running = try program.start(["run", "--profile", "smoke", "--jobs", "1"], environment: home)
      #expect(running.wait(until: { recordCount > 0 }))
      running.send(SIGKILL)
      #expect(running.wait())
      stored = recordCount
    }
    #expect((1..<Self.runCount).contains(stored))
    let outcome = try run("report", "--profile", "smoke", "--jobs", "2")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("runs to do: \(Self.runCount - stored)"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("damaged"))
    try expectReference()
    #expect(program.files(in: "store/runs").allSatisfy { $0.hasSuffix(".json") })
  }

  @Test("two calls that execute one store's missing runs at once leave one sound store")
  func together() throws {
    let calls = try (0..<2).map { _ in
      try program.start(["run", "--profile", "smoke", "--jobs", "1"], environment: home)
    }
    for call in calls {
      let outcome = try call.outcome()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("runs in store: \(Self.runCount)"))
    }
    #expect(recordCount == Self.runCount)
    #expect(program.files(in: "store/runs").allSatisfy { $0.hasSuffix(".json") })
    #expect(program.files(in: "store/damaged").isEmpty)
    #expect(program.files(in: "store/samples").filter { $0.hasSuffix(".json") }.count == 1)
    let outcome = try run("report", "--profile", "smoke")
    #expect(outcome.status == 0 && !outcome.errors.contains("runs to do"), "\(outcome.errors)")
    try expectReference()
  }

  @Test("a damaged run is named on standard error, and a second call is silent about work that is done")
  func damaged() throws {
    func report() throws -> Program.Outcome { try run("report", "--profile", "smoke", "--figures", "S5") }
    #expect(try report().status == 0)
    let file = try #require(program.files(in: "store/runs", endingIn: ".json").first)
    try program.write([], to: "store/runs/" + file)
    let outcome = try report()
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("damaged") && outcome.errors.contains("runs to do: 1;"))
    #expect(outcome.errors.contains(try #require(program.files(in: "store/damaged").first)))
    #expect(try report().errors.isEmpty)
  }

  @Test("a bundle is verified and made again without specs or store; a damaged one ends with status 2")
  func bundle() throws {
    #expect(try run("report", "--figures", "1").status == 0)
    let archived = try run("archive", "report", "--output", "report.tar.gz")
    #expect(archived.status == 0, "\(archived.errors)")
    let verified = try run("verify", "report.tar.gz")
    #expect(verified.status == 0 && verified.output.hasPrefix("sound:"), "\(verified.errors)")
    let rebuilt = try run(
      "report", "--from", "report.tar.gz", "--output", "rebuilt",
      environment: ["PLATEAU_HOME": "/nowhere", "TZ": "Asia/Kathmandu"])
    #expect(rebuilt.status == 0 && rebuilt.output.contains("the same bytes"), "\(rebuilt.errors)")
    #expect(try program.contents(of: "rebuilt") == program.contents(of: "report"))

    let file = URL(fileURLWithPath: program.path("report.tar.gz"))
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    for arguments in [
      ["verify", "report.tar.gz"], ["report", "--from", "report.tar.gz", "--output", "again"],
    ] {
      let outcome = try program.start(arguments).outcome()
      #expect(outcome.status == 2 && outcome.errors.contains("report.tar.gz"), "\(outcome.errors)")
    }
  }

  @Test("an output or a store that cannot be written ends with status 2, the path and a remedy")
  func unwritable() throws {
    try program.write(Array("mine".utf8), to: "file")
    let output = try run("report", "--figures", "1", "--output", "file/below")
    #expect(output.status == 2 && output.errors.contains("another --output"), "\(output.errors)")
    #expect(output.errors.contains("file/below") && output.output.isEmpty)
    let store = try run("run", "--profile", "smoke", "--figures", "S5", "--store", "file")
    #expect(store.status == 2 && store.errors.contains("--store"), "\(store.errors)")
    #expect(try String(contentsOfFile: program.path("file"), encoding: .utf8) == "mine")
  }

  @Test("a date that cannot be read is wrong usage, and one that can be is in the report")
  func sourceDate() throws {
    let wrong = try run("report", "--figures", "1", environment: ["SOURCE_DATE_EPOCH": "yesterday"])
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("SOURCE_DATE_EPOCH"))
    #expect(program.files(in: "report").isEmpty)
    let right = try run("report", "--figures", "1", environment: ["SOURCE_DATE_EPOCH": "86400"])
    #expect(right.status == 0)
    let crate = try String(contentsOfFile: program.path("report/ro-crate-metadata.json"), encoding: .utf8)
    #expect(crate.contains("1970-01-02T00:00:00Z"))
  }

  #if arch(x86_64)
    @Test(
      "kernels that were chosen are used; others than the library's oldest where it would not know better")
    func kernels() throws {
      func kernels(_ environment: [String: String]) throws -> String? {
        let outcome = try run("report", "--figures", "1", environment: environment)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let data = try Data(contentsOf: URL(fileURLWithPath: program.path("report/run.json")))
        let facts = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (facts?["versions"] as? [String: String])?["BLAS kernels"]
      }
      #expect(try kernels(["OPENBLAS_CORETYPE": "Prescott"]) == "Prescott")
      let flags = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      if flags.contains(" avx2 "), flags.contains(" fma ") {
        #expect(try kernels([:]) != "Prescott")
      }
    }

    @Test("reports made with two BLAS kernels are compared as draws of one distribution")
    func otherKernels() throws {
      for kernels in ["Prescott", "Sandybridge"] {
        let made = try run(
          "report", "--profile", "smoke", "--figures", "3", "--output", kernels, "--store",
          "store-\(kernels)",
          environment: ["OPENBLAS_CORETYPE": kernels])
        try #require(made.status == 0, "\(made.errors)")
      }
      let outcome = try run("diff", "Prescott", "Sandybridge", "--json", "diff.json")
      let document = try JSONDecoder().decode(
        ReportComparison.self, from: Data(contentsOf: URL(fileURLWithPath: program.path("diff.json"))))
      let figure = try #require(document.figures.first)
      #expect(document.figures.count == 1 && figure.id == "fig3")
      #expect(figure.replay == .statistical && figure.incomparable.isEmpty)
      // Other kernels sum in another order, so not everything is the same in every bit; what is not is judged
      // by intervals, which may fail with so few runs.
      let classes = Set(figure.statistics.map(\.comparison))
      #expect(classes.isSubset(of: [.identical, .withinInterval, .unmeasured, .changed]), "\(classes)")
      #expect(figure.comparison != .identical)
      #expect(outcome.status == (document.outcome == .same ? 0 : 1), "\(outcome.output)\(outcome.errors)")
    }
  #endif
}
