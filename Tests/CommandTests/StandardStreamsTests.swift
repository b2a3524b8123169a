import Foundation
import TestSupport
import Testing

@Suite("Standard streams", .ofPrograms) struct StandardStreamsTests {
  let program: Program

  init() throws { program = try Program() }

  /// Each with a short answer, one with a long one, and those that the parser prints by itself.
  static let answers = [
    "figures", "data list", "plan --profile smoke --figures S4", "--help", "report --help", "--version",
  ]

  @Test(
    "an answer that could not be written ends with status 2", arguments: answers,
    ["exec >/dev/full", "exec >&-"])
  func lostAnswer(line: String, prelude: String) throws {
    let outcome = try program.start(line.split(separator: " ").map(String.init), after: prelude).outcome()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("standard output could not be written"))
  }

  @Test(
    "a command that begins again for the settings of its libraries has its arguments and streams",
    arguments: ["figures", "figures 'a name'"])
  func beginsAgain(line: String) throws {
    let (answer, again) = (
      try program.shell("plateau \(line)"),
      try program.shell("env -u GOMP_SPINCOUNT -u OPENBLAS_CORETYPE plateau \(line)")
    )
    #expect(again.status == answer.status && again.output == answer.output && again.errors == answer.errors)
    #expect(!(answer.output + answer.errors).isEmpty)
  }

  @Test("messages may be lost, the answer not", arguments: answers, ["exec 2>/dev/full", "exec 2>&-"])
  func lostMessages(line: String, prelude: String) throws {
    let arguments = line.split(separator: " ").map(String.init)
    let outcome = try program.start(arguments, after: prelude).outcome()
    let whole = try program.start(arguments).outcome()
    #expect(outcome.status == 0 && whole.status == 0)
    // A plan measures this machine in every call.
    func withoutTimes(_ text: String) -> String { text.replacing(/about .*/, with: "about some time") }
    #expect(withoutTimes(outcome.output) == withoutTimes(whole.output))
  }

  @Test(
    "a mistake ends with its own status where nobody can be told",
    arguments: ["exec 2>/dev/full", "exec 2>&-"])
  func lostMistake(prelude: String) throws {
    #expect(try program.run("frobnicate", after: prelude).status == 64)
    #expect(try program.run("verify", "nothing.tar.gz", after: prelude).status == 2)
  }

  @Test(
    "runs go on without anyone to tell",
    arguments: ["exec 2>/dev/full", "exec 2>&-", "mkfifo pipe; head -c 1 <pipe >first & exec 2>pipe"])
  func lostProgress(prelude: String) throws {
    let home = try TinyProject(at: program.path("home"))
    let outcome = try program.run(
      "run", "--profile", "smoke", "--figures", "4", "--store", "store",
      environment: ["PLATEAU_HOME": home.path],
      after: prelude)
    #expect(outcome.status == 0)
    #expect(program.files(in: "store/runs", endingIn: ".json").count == 6)
  }
}
