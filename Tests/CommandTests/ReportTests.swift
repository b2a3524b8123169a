import Foundation
import RunStorage
import Testing

/// One smoke report after another: whatever else differs, the bytes do not.
@Suite("Reports")
struct ReportTests {
  /// Figures with every kind of panel and of table, the drawn ones too: six runs on MNIST, one of them with a
  /// timeline, and six on the stand-in for CIFAR-10.
  private static let figures = "1,4,5,S1,S5"
  /// Three groups of six in Figure 4, and Figure 3's six, of which S5 shows one and Figure 5 follows none.
  private static let runCount = 24

  /// The report that all others are compared with.
  private static let reference = Result {
    let program = try Program()
    let outcome = try program.run("report", "--profile", "smoke", "--figures", figures, "--jobs", "2")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try program.contents(of: "report")
  }
  private let program: Program

  init() throws { program = try Program() }

  /// Compares the report in `folder` with the reference, file by file.
  private func expectReference(_ folder: String = "report", location: SourceLocation = #_sourceLocation)
    throws
  {
    let reference = try Self.reference.get()
    let found = try program.contents(of: folder)
    #expect(found.keys.sorted() == reference.keys.sorted(), sourceLocation: location)
    let different = reference.keys.filter { reference[$0] != found[$0] }.sorted()
    #expect(different.isEmpty, sourceLocation: location)
  }

  private var recordCount: Int { program.files(in: "store/runs", endingIn: ".json").count }

  @Test("a report has its page, pictures, tables and documents, and a line for each claim on standard output")
  func contents() throws {
    let files = try Self.reference.get()
    for name in [
      "index.html", "style.css", "metrics.json", "provenance.json", "ro-crate-metadata.json", "SHA256SUMS",
      "inputs.json", "source/figures/fig4.yml", "source/figures/claims.yml",
      "source/report-templates/page.mustache", "data/fig4.csv", "data/fig5.csv", "data/figS5.csv",
      "data/figS5-trace-a.csv", "data/claims.csv",
      "figures/fig1.svg", "figures/fig4.png",
      "figures/figS1.pdf",
      "figures/figS5.svg",
    ] {
      #expect(files[name]?.isEmpty == false, "\(name)")
    }
    let table = String(decoding: files["data/fig4.csv"] ?? Data(), as: UTF8.self)
    #expect(table.split(separator: "\n").count == 19)
    // Without CIFAR-10 the table, the page and every claim say what was used.
    #expect(table.contains("\"stand-in images, not CIFAR-10\""))
    #expect(
      String(decoding: files["index.html"] ?? Data(), as: UTF8.self).contains(
        "FCN on stand-in images, not CIFAR-10"))
    let claims = String(decoding: files["data/claims.csv"] ?? Data(), as: UTF8.self).split(separator: "\n")
    let onStandIn = claims.filter {
      $0.hasPrefix("prior-is-tight,fig4,c") || $0.hasPrefix("flatness-breaks,fig4,f")
    }
    #expect(!onStandIn.isEmpty && onStandIn.allSatisfy { $0.contains("not-judged") })
    let outcome = try program.run("report", "--profile", "smoke", "--figures", "S5")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("report/index.html"))
    #expect(outcome.errors.contains("6/6 runs"))
  }

  @Test("a report comes back from its bundle alone with the same bytes; a damaged bundle ends with status 2")
  func bundle() throws {
    let made = try program.run("report", "--profile", "smoke", "--figures", Self.figures, "--jobs", "2")
    try #require(made.status == 0, "\(made.errors)")
    let archived = try program.run("archive", "report", "--output", "report.tar.gz")
    #expect(archived.status == 0, "\(archived.errors)")
    let verified = try program.run("verify", "report.tar.gz")
    #expect(verified.status == 0 && verified.output.hasPrefix("sound:"), "\(verified.errors)")
    // Neither the store nor the specs of the repository are looked at.
    try FileManager.default.removeItem(atPath: program.path("store"))
    let rebuilt = try program.run(
      "report", "--from", "report.tar.gz", "--output", "rebuilt",
      environment: ["PLATEAU_HOME": "/nowhere", "TZ": "Asia/Kathmandu"])
    #expect(rebuilt.status == 0 && rebuilt.output.contains("the same bytes"), "\(rebuilt.errors)")
    try expectReference("rebuilt")

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
    #expect(!FileManager.default.fileExists(atPath: program.path("again")))
    // The store is gone.
    let incomplete = try program.run("archive", "report", "--output", "other.tar.gz")
    #expect(incomplete.status == 2 && incomplete.errors.contains("--store"))
  }

  @Test("the Boolean figures have their tables, and their sample is drawn once")
  func booleanFigures() throws {
    func report() throws -> Program.Outcome {
      try program.run("report", "--profile", "smoke", "--figures", "2,S2,S3,B1", "--jobs", "2")
    }
    let outcome = try report()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let files = try program.contents(of: "report")
    for name in [
      "data/fig2.csv", "data/figB1.csv", "data/figB1-ranks-a.csv", "data/figB1-complexity-b.csv",
      "data/figB1-functions-b.csv", "figures/figS2.png", "figures/figS3.svg", "figures/figB1.pdf",
    ] {
      #expect(files[name]?.isEmpty == false, "\(name)")
    }
    #expect(program.files(in: "store/samples", endingIn: ".json").count == 1)
    #expect(program.files(in: "store/samples", endingIn: ".block").isEmpty)
    #expect(recordCount == 8)
    // Everything is stored: the same bytes, and nothing is told of drawing.
    let again = try report()
    #expect(again.status == 0 && !again.errors.contains("sampled"))
    #expect(try program.contents(of: "report") == files)
  }

  @Test("a second call executes nothing and writes the same bytes")
  func again() throws {
    #expect(
      try program.run("report", "--profile", "smoke", "--figures", Self.figures, "--jobs", "2").status == 0)
    try expectReference()
    #expect(recordCount == Self.runCount)
    let second = try program.run("report", "--profile", "smoke", "--figures", Self.figures)
    #expect(second.status == 0)
    #expect(!second.errors.contains("runs to do"))
    try expectReference()
    let facts = try String(contentsOfFile: program.path("report/run.json"), encoding: .utf8)
    #expect(
      facts.contains("\"runs executed\" : \"0\"") || facts.contains("\"runs executed\": \"0\""), "\(facts)")
  }

  @Test("one job gives the same bytes as two")
  func oneJob() throws {
    #expect(
      try program.run("report", "--profile", "smoke", "--figures", Self.figures, "--jobs", "1").status == 0)
    try expectReference()
  }

  @Test("another time zone, locale, umask, working folder and home give the same bytes")
  func elsewhere() throws {
    try program.write([], to: "some where/else/empty")
    let outcome = try program.run(
      "report", "--profile", "smoke", "--figures", Self.figures, "--jobs", "2", "--output", "my report",
      "--store", "../a store",
      environment: [
        "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "HOME": "/nonexistent",
        "USER": "someone", "COLUMNS": "40",
      ], umask: "027", folder: program.path("some where/else"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(program.files(in: "some where/a store/runs", endingIn: ".json").count == Self.runCount)
    try expectReference("some where/else/my report")
  }

  @Test("a run that is killed and started again gives the same bytes as one that is left in peace")
  func killed() throws {
    let running = try program.start(["run", "--profile", "smoke", "--figures", Self.figures, "--jobs", "1"])
    #expect(running.wait(until: { recordCount > 0 }))
    running.send(SIGKILL)
    #expect(running.wait())
    let stored = recordCount
    #expect((1..<Self.runCount).contains(stored))
    let outcome = try program.run("report", "--profile", "smoke", "--figures", Self.figures, "--jobs", "2")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("runs to do: \(Self.runCount - stored)"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("damaged"))
    try expectReference()
    #expect(program.files(in: "store/runs").allSatisfy { $0.hasSuffix(".json") })
  }

  /// A store with the runs of Figure S5 in it, the file of one, and the report on them.
  private func storedRun() throws -> (file: String, report: [String: Data]) {
    #expect(try program.run("report", "--profile", "smoke", "--figures", "S5").status == 0)
    let file = try #require(program.files(in: "store/runs", endingIn: ".json").first)
    return ("store/runs/" + file, try program.contents(of: "report"))
  }

  @Test(
    "a stored run that was cut short or altered is named, set aside and executed again, with the same bytes",
    arguments: ["cut short", "altered", "emptied", "replaced"])
  func damagedStore(how: String) throws {
    let (file, report) = try storedRun()
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: program.path(file))))
    switch how {
    case "cut short": bytes.removeLast(bytes.count / 3)
    case "altered":
      // One digit of a result: the file is still sound JSON.
      let place = try #require(bytes.lastIndex(of: UInt8(ascii: "7")))
      bytes[place] = UInt8(ascii: "8")
    case "emptied": bytes = []
    default: bytes = Array("{}\n".utf8)
    }
    try program.write(bytes, to: file)
    let outcome = try program.run("report", "--profile", "smoke", "--figures", "S5")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("damaged"))
    #expect(outcome.errors.contains("runs to do: 1;"))
    #expect(try program.contents(of: "report") == report)
    let setAside = try #require(program.files(in: "store/damaged").first)
    #expect(
      Array(try Data(contentsOf: URL(fileURLWithPath: program.path("store/damaged/\(setAside)")))) == bytes)
    #expect(outcome.errors.contains(setAside))
  }

  @Test("a figure that is drawn, not measured, needs no runs and no data")
  func drawnOnly() throws {
    let outcome = try program.run("report", "--profile", "smoke", "--figures", "s1, 1")
    #expect(outcome.status == 0)
    #expect(program.files(in: "report/figures").count == 6)
    #expect(program.files(in: "store").isEmpty)
    let reference = try Self.reference.get()
    for name in ["fig1.svg", "fig1.png", "fig1.pdf", "figS1.svg"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: program.path("report/figures/\(name)")))
      #expect(bytes == reference["figures/\(name)"], "\(name)")
    }
  }

  @Test(
    "an output that cannot be written ends with status 2, the path and a remedy",
    arguments: [
      ("file", "another --output"), ("file/below", "another --output"), ("full", "another --output"),
    ])
  func unwritableOutput(output: String, remedy: String) throws {
    try program.write(Array("mine".utf8), to: "file")
    try program.write(Array("mine".utf8), to: "full/notes.txt")
    let outcome = try program.run("report", "--figures", "1", "--output", output)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(output))
    #expect(outcome.errors.contains(remedy))
    #expect(try String(contentsOfFile: program.path("file"), encoding: .utf8) == "mine")
    #expect(program.files(in: "full") == ["notes.txt"])
  }

  @Test(
    "a store that cannot be written ends with status 2, the path and a remedy",
    arguments: ["file", "file/below"])
  func unwritableStore(store: String) throws {
    try program.write(Array("mine".utf8), to: "file")
    let outcome = try program.run("run", "--profile", "smoke", "--figures", "S5", "--store", store)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(store))
    #expect(outcome.errors.contains("--store"))
    #expect(try String(contentsOfFile: program.path("file"), encoding: .utf8) == "mine")
  }

  @Test("a date that cannot be read is wrong usage, and one that can be is in the report")
  func sourceDate() throws {
    let wrong = try program.run("report", "--figures", "1", environment: ["SOURCE_DATE_EPOCH": "yesterday"])
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("SOURCE_DATE_EPOCH"))
    let right = try program.run("report", "--figures", "1", environment: ["SOURCE_DATE_EPOCH": "86400"])
    #expect(right.status == 0)
    let crate = try String(contentsOfFile: program.path("report/ro-crate-metadata.json"), encoding: .utf8)
    #expect(crate.contains("1970-01-02T00:00:00Z"))
  }

  #if arch(x86_64)
    @Test(
      "kernels that were chosen are used; others than the library's oldest where it would not know better")
    func kernels() throws {
      func kernels(_ environment: [String: String]) throws -> String? {
        let outcome = try program.run("report", "--figures", "1", environment: environment)
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
  #endif
}
