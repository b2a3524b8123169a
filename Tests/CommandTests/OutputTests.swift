import Foundation
import TestSupport
import Testing

@Suite("Outputs of the commands", .ofPrograms)
struct OutputTests {
  private let program: Program
  private let home: TinyProject

  /// A report of the drawn figure, which needs no run.
  init() throws {
    program = try Program()
    home = try TinyProject(at: program.path("home"))
    let made = try run("report", "--figures", "1")
    try #require(made.status == 0, "\(made.errors)")
  }

  private func run(_ arguments: String..., after prelude: String? = nil) throws -> Program.Outcome {
    try program.start(arguments, environment: ["PLATEAU_HOME": home.path], after: prelude).outcome()
  }

  @Test("a report folder with files of the user's is refused and keeps them, however it is to be made again")
  func foreignFiles() throws {
    try #require(try run("archive", "report", "--output", "b.tar.gz").status == 0)
    try program.write("plateau.example".utf8, to: "report/CNAME")
    try program.write("[core]".utf8, to: "report/.git/config")
    for arguments in [["--figures", "1"], ["--from", "b.tar.gz"]] {
      let outcome = try program.start(["report"] + arguments, environment: ["PLATEAU_HOME": home.path])
        .outcome()
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains(".git") && outcome.errors.contains("CNAME"), "\(outcome.errors)")
    }
    #expect(Set(program.files(in: "report")).isSuperset(of: ["CNAME", ".git/config"]))
  }

  @Test("pages, too, are replaced only where nothing of the user's is in their folder")
  func foreignFilesBesidePages() throws {
    for command in [["diff", "report", "report"], ["history", "report", "report"]] {
      for isSecond in [false, true] {
        let made = try program.start(
          command + ["--output", command[0]], environment: ["PLATEAU_HOME": home.path]
        ).outcome()
        #expect(made.status == 0, "\(isSecond): \(made.errors)")
      }
      try program.write("mine".utf8, to: "\(command[0])/notes.md")
      let outcome = try program.start(
        command + ["--output", command[0]], environment: ["PLATEAU_HOME": home.path]
      ).outcome()
      #expect(outcome.status == 2 && outcome.errors.contains("notes.md"), "\(outcome.errors)")
      #expect(program.files(in: command[0]).contains("notes.md"))
    }
  }

  @Test("a bundle and a comparison go into a pipe, with the digest of what went through it")
  func pipes() throws {
    let bundle = try run("archive", "report", "--output", "b.tar.gz")
    let piped = try run(
      "archive", "report", "--output", "pipe", after: "mkfifo pipe; cat pipe > copy.tar.gz &")
    #expect(piped.status == 0, "\(piped.errors)")
    #expect(piped.output.split(separator: "\n").last == bundle.output.split(separator: "\n").last)
    let json = try run("diff", "report", "report", "--json", "pipe", after: "cat pipe > copy.json &")
    #expect(json.status == 0, "\(json.errors)")
    var status = stat()
    #expect(lstat(program.path("pipe"), &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    let verified = try run("verify", "copy.tar.gz")
    #expect(verified.status == 0, "\(verified.errors)")
  }

  @Test("on standard output a bundle and a comparison are alone")
  func standardOutput() throws {
    let bundle = try run("archive", "report", "--output", "/dev/stdout", after: "exec > b.tar.gz")
    #expect(bundle.status == 0 && bundle.errors.contains("sha256 "), "\(bundle.errors)")
    #expect(try run("verify", "b.tar.gz").status == 0)
    let comparison = try run("diff", "report", "report", "--json", "/dev/stdout")
    #expect(comparison.status == 0 && comparison.errors.contains("Same"), "\(comparison.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(comparison.output.utf8))
    #expect(object is [String: Any])
  }

  @Test("a device stays a device, and a full one is an error")
  func devices() throws {
    #expect(try run("archive", "report", "--output", "/dev/null").status == 0)
    let full = try run("diff", "report", "report", "--json", "/dev/full")
    #expect(full.status == 2 && full.errors.contains("No space left on device"), "\(full.errors)")
    var status = stat()
    for device in ["/dev/null", "/dev/full"] {
      #expect(lstat(device, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }
  }

  @Test("an output that is an input is refused, and the input stays as it was")
  func inputs() throws {
    try #require(try run("archive", "report", "--output", "b.tar.gz").status == 0)
    let before = try program.contents(of: "report")
    let bundle = try Data(contentsOf: URL(fileURLWithPath: program.path("b.tar.gz")))
    let calls = [
      ["diff", "report", "b.tar.gz", "--json", "b.tar.gz"],
      ["diff", "report", "b.tar.gz", "--json", "report/metrics.json"],
      ["diff", "report", "report", "--output", "report"],
      ["history", "report", "report", "--output", "report"],
      ["archive", "report", "--output", "report/index.html"], ["archive", "report", "--output", "report"],
      ["report", "--figures", "1", "--output", "home"],
      ["report", "--figures", "1", "--store", "new/store", "--output", "new"],
    ]
    for call in calls {
      let outcome = try program.start(call, environment: ["PLATEAU_HOME": home.path]).outcome()
      #expect(outcome.status == 2 && outcome.errors.hasPrefix("plateau: "), "\(call): \(outcome.errors)")
    }
    #expect(try program.contents(of: "report") == before)
    #expect(try Data(contentsOf: URL(fileURLWithPath: program.path("b.tar.gz"))) == bundle)
  }

  @Test(
    "an archive goes over an earlier one and over an empty file, and over nothing else; a folder is no file")
  func archiveOverFiles() throws {
    try program.write([], to: "b.tar.gz")
    for _ in 0..<2 {
      let outcome = try run("archive", "report", "--output", "b.tar.gz")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let notes = Array("my notes".utf8)
    try program.write(notes, to: "notes.txt")
    let over = try run("archive", "report", "--output", "notes.txt")
    #expect(
      over.status == 2 && over.errors.contains("notes.txt is there and is no archive"), "\(over.errors)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: program.path("notes.txt"))) == Data(notes))
    for name in ["x/", "x/y/"] {
      let folder = try run("archive", "report", "--output", name)
      #expect(folder.status == 2 && folder.errors.contains("it names a folder"), "\(folder.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: program.path("x")))
  }

  @Test(
    "a document that a link puts into the folder of the page is refused before anything is read",
    arguments: ["mkdir page; ln -s page other", "mkdir page other; ln -s ../page/x.json other/x.json"])
  func documentInPage(prelude: String) throws {
    let outcome = try run(
      "diff", "report", "report", "--output", "page", "--json", "other/x.json", after: prelude)
    #expect(outcome.status == 64 && outcome.errors.contains("name another place"), "\(outcome.errors)")
    #expect(program.files(in: "page").isEmpty)
  }

  @Test("what a stopped call left of an unpacked bundle is removed by the next one")
  func unpackedBundles() throws {
    try #require(try run("archive", "report", "--output", "b.tar.gz").status == 0)
    try program.write([], to: "temporary/keep")
    // Killed at once or a little later: whatever it left goes.
    for delay in [0, 20_000, 40_000, 80_000] {
      let stopped = try program.start(
        ["report", "--from", "b.tar.gz", "--output", "again"],
        environment: ["PLATEAU_HOME": home.path, "TMPDIR": program.path("temporary")])
      usleep(UInt32(delay))
      stopped.send(SIGKILL)
      _ = try stopped.outcome()
    }
    let outcome = try program.start(
      ["report", "--from", "b.tar.gz", "--output", "again"],
      environment: ["PLATEAU_HOME": home.path, "TMPDIR": program.path("temporary")]
    ).outcome()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: program.path("temporary")) == ["keep"])
  }
}
