import Foundation
import Testing

@Suite("The command line", .ofPrograms)
struct UsageTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test("help is for people: it lists the commands, shows examples and says what the statuses mean")
  func help() throws {
    let help = try program.run("--help")
    #expect(help.status == 0)
    #expect(help.errors.isEmpty)
    for word in [
      "EXAMPLES", "report", "run", "plan", "data", "figures", "prior", "sharpness", "hessian", "64 wrong",
    ] {
      #expect(help.output.contains(word), "\(word)")
    }
    #expect(try program.run().output == help.output)
  }

  @Test(
    "the help of every command shows an example of it",
    arguments: [
      "report", "run", "plan", "data", "data fetch", "data list", "data verify", "figures", "prior",
      "sharpness", "hessian", "archive", "verify", "diff", "history",
      "submit", "status", "cancel", "engines",
    ])
  func exampleInHelp(command: String) throws {
    let outcome = try program.start(command.split(separator: " ").map(String.init) + ["--help"]).outcome()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("EXAMPLE"))
    #expect(outcome.output.contains("  plateau \(command)"))
  }

  @Test("the version is that of the change log")
  func version() throws {
    let outcome = try program.run("--version")
    let changes = try String(contentsOfFile: Program.repository + "/CHANGELOG.md", encoding: .utf8)
    let version = outcome.output.trimmingCharacters(in: .newlines)
    #expect(outcome.status == 0)
    #expect(version.wholeMatch(of: #/\d+\.\d+\.\d+/#) != nil)
    #expect(changes.contains(version))
  }

  @Test(
    "wrong usage ends with status 64, says what is wrong, and does nothing",
    arguments: [
      ("report --hepl", "--hepl"), ("run --jobs 0", "at least 1"), ("run --jobs two", "--jobs"),
      ("plan --profile tiny", "'smoke', 'quick' or 'paper'"), ("report --seed 9007199254740993", "2^53"),
      ("run --shard 4/3", "'4/3'"), ("run --shard 0/3", "i/n"), ("plan --cores 0", "at least 1"),
      ("plan --cores-per-node 8", "without --cores"), ("plan --json --cores 8", "leave --cores out"),
      ("report --stored --jobs 2", "--jobs does nothing with --stored"),
      ("report --stored --from b.tar.gz", "--stored does nothing with --from"),
      ("plan --gpus 0", "at least 1"), ("plan --json --gpus 8", "leave --gpus out"),
      ("submit --engine torch", "needs --device here"), ("submit --device cuda:1", "write --device cuda"),
      ("submit --jobs 2", "--jobs does nothing here"), ("submit --at-most 0", "at least 1"),
      ("submit --task-minutes 0", "above 0"), ("submit -- --array=1-9", "--array cannot be given to sbatch"),
      ("submit --figures 3 -- -d afterok:7", "--dependency cannot be given"),
      ("engines --check --speed", "choose one"),
      ("engines --device cpu", "--device does nothing with the list"),
      ("engines --images 5", "--images does nothing with the list"),
      ("engines --check --seconds 5", "--seconds does nothing with --check"),
      ("engines --speed --batch 9 --images 8", "more than the 8 images"),
      ("engines --speed --seconds 0", "above 0"), ("engines --speed --images 0", "at least 1"),
      ("engines --check --engine onednn --device cuda", "--engine onednn has no device but cpu"),
      ("engines --check --device gpu", "write cpu, cuda, or cuda:0"),
      ("status --json --watch", "choose one"), ("task store core-runs-0 x", "'x'"),
      ("frobnicate", "frobnicate"), ("run --offline", "'--offline'"), ("history report", "at least two"),
      (
        "report --from b.tar.gz --seed 2",
        "--seed cannot be combined with --from: the seed is taken from the bundle"
      ),
      ("report --from b.tar.gz --seed 1", "--seed cannot be combined"),
      ("report --from b.tar.gz --profile quick", "--profile cannot be combined"),
      ("report --from b.tar.gz --store store", "--store cannot be combined"),
      ("diff a b --output d --json d/x.json", "name another place"),
      ("prior --inputs X.npy --labels y.npy --jitter inf", "finite"),
      ("sharpness --weights W --inputs X.npy --labels y.npy --box nan", "finite"),
      ("diff a b --maximum-size 0", "at least 1"),
      ("prior --labels y.npy", "--kernel K.npy or --inputs X.npy"),
      ("prior --kernel K.npy --inputs X.npy --labels y.npy", "either"), ("prior --inputs X.npy", "--labels"),
      ("prior --inputs X.npy --labels y.npy --likelihood step", "'heaviside' and 'probit'"),
      ("prior --inputs X.npy --labels y.npy --sigma-w2 0", "--sigma-w2"),
      ("prior --kernel K.npy --labels y.npy --depth 3", "--depth does nothing with --kernel"),
      ("prior --kernel K.npy --labels y.npy --sigma-w2 2", "--sigma-w2 does nothing with --kernel"),
      ("prior --kernel K.npy --labels y.npy --sigma-b2 1", "--sigma-b2 does nothing with --kernel"),
      ("prior --inputs X.npy --labels y.npy --depth 9223372036854775807", "at most 10000"),
      ("sharpness --weights W --inputs X.npy --labels y.npy --box 0", "--box"),
      ("sharpness --weights W --inputs X.npy --labels y.npy --box 1e-11", "1e-10 or more"),
      (
        "sharpness --weights W --inputs X.npy --labels y.npy --method lbfgsb --epochs 5",
        "--epochs does nothing"
      ),
      ("sharpness --weights W --inputs X.npy --labels y.npy --method lbfgsb --seed 3", "--seed does nothing"),
      (
        "sharpness --weights W --inputs X.npy --labels y.npy --method corners --batch 3",
        "--batch does nothing"
      ),
      ("report --maximum-size 5", "--maximum-size does nothing without --from"),
      ("sharpness --weights W --inputs X.npy --labels y.npy --epochs 0", "--epochs"),
      ("sharpness --weights W --inputs X.npy --labels y.npy --method adam", "'sgd', 'lbfgsb' or 'corners'"),
      ("hessian --weights W --inputs X.npy --labels y.npy --top 0", "--top"),
      ("hessian --weights W --inputs X.npy", "--labels"),
      (
        "prior --inputs X.npy --labels y.npy --jitter -1",
        "--jitter is -1.0; it must be finite and not negative"
      ),
      // What is beyond every use would never end, or take more memory than there is.
      ("prior --inputs X.npy --labels y.npy --depth 9223372036854775807", "at most 10000"),
      ("sharpness --weights W --inputs X.npy --labels y.npy --epochs 9223372036854775807", "--epochs"),
      ("sharpness --weights W --inputs X.npy --labels y.npy --batch 9223372036854775807", "--batch"),
      ("hessian --weights W --inputs X.npy --labels y.npy --top 9223372036854775807", "--top"),
      ("run --jobs 9223372036854775807", "at most 1024"),
      // A misspelt option is named, whatever is missing without it.
      ("prior --inputs X.npy --lables y.npy", "Unknown option '--lables'. Did you mean '--labels'?"),
      ("prior --kernal K.npy --labels y.npy", "Unknown option '--kernal'. Did you mean '--kernel'?"),
      ("archive report --ouput=a.tar.gz", "Unknown option '--ouput'. Did you mean '--output'?"),
      ("data fetch --offlin", "Unknown option '--offlin'. Did you mean '--offline'?"),
      // Empty text is no value; @ stands for it here.
      ("report --figures @", "--figures is empty"), ("plan --figures=", "--figures is empty"),
      ("run --figures 3,,S5", "an id is missing"), ("report --data @", "--data is empty"),
      ("report --store @", "--store is empty"), ("report --from @", "--from is empty"),
      ("archive report --output @", "--output is empty"), ("verify @", "an argument is empty"),
      ("diff a b --tolerances @", "--tolerances is empty"),
      // What the parser would pass over.
      ("help nope", "'plateau' has no command 'nope'"), ("mesure --weights W", "Did you mean 'measure'?"),
      ("help data verfy", "Did you mean 'verify'?"),
      ("help report run", "'report' has no command 'run'"), ("--version x", "--version stands alone"),
      ("data fetch", "<name>"), ("data fetch minst", "'mnist', 'fashion-mnist' or 'cifar10'"),
    ] as [(String, String)])
  func wrongUsage(line: String, expected: String) throws {
    let outcome = try program.start(line.split(separator: " ").map { $0 == "@" ? "" : String($0) })
      .outcome()
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
    #expect(program.files(in: "").isEmpty)
  }

  @Test("a date that is not digits alone is refused", arguments: ["1e9", "0x10", " 5", "-1", "1.5", "", "٣"])
  func sourceDate(value: String) throws {
    let outcome = try program.run("report", "--figures", "1", environment: ["SOURCE_DATE_EPOCH": value])
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains("SOURCE_DATE_EPOCH is '\(value)'"))
    #expect(program.files(in: "").isEmpty)
  }

  @Test("an unknown figure ends with status 2 and the known ones", arguments: ["report", "run", "plan"])
  func unknownFigure(command: String) throws {
    let outcome = try program.run(command, "--figures", "3,S99")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("'S99'"))
    #expect(outcome.errors.contains("1, 2, 3, 4, 5, S1, S2, S3, S4"))
  }

  @Test(
    "without a cluster's programs the commands for one say so, and write nothing",
    arguments: ["submit --profile smoke --figures 5", "status", "cancel"])
  func noCluster(command: String) throws {
    try program.write([], to: "store/submissions/1/submission.json")
    let outcome = try program.start(
      command.split(separator: " ").map(String.init), environment: ["PATH": program.folder]
    ).outcome()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("failed") && outcome.errors.contains("--shard"), "\(outcome.errors)")
    #expect(program.files(in: "store") == ["submissions/1/submission.json"])
  }

  @Test("specs that cannot be found end with status 2 and the way out")
  func noProjectFolder() throws {
    let outcome = try program.run("figures", environment: ["PLATEAU_HOME": program.folder])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(program.folder))
    #expect(outcome.errors.contains("PLATEAU_HOME"))
  }

  @Test(
    "a working folder that was deleted is an error at once, in every command",
    arguments: [
      "figures", "plan", "report", "run", "data list", "data verify", "data fetch mnist --offline",
      "archive report --output b", "verify b", "diff a b", "history a b", "prior --kernel K --labels y",
      "sharpness --weights W --inputs X --labels y", "hessian --weights W --inputs X --labels y",
    ])
  func deletedFolder(line: String) throws {
    let outcome = try program.start(
      line.split(separator: " ").map(String.init), after: "mkdir gone && cd gone && rmdir ../gone"
    ).outcome()
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("the working folder cannot be used: No such file"), "\(outcome.errors)")
  }

  @Test(
    "where a limit leaves no room to begin, that is said",
    arguments: ["figures", "hessian --weights W --inputs X --labels y"],
    ["-v 600000", "-v 400000", "-v 300000", "-v 250000", "-n 8", "-s 64"])
  func limits(line: String, limit: String) throws {
    let outcome = try program.start(
      line.split(separator: " ").map(String.init), after: "ulimit \(limit)"
    ).outcome()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("raise the limit (ulimit \(limit.prefix(2)))"), "\(outcome.errors)")
  }

  @Test("a mistake in a spec ends with status 2, file, line and column")
  func mistakeInSpec() throws {
    for name in ["table1.yml", "claims.yml", "fig3.yml"] {
      var text = try String(contentsOfFile: "\(Program.repository)/figures/\(name)", encoding: .utf8)
      if name == "fig3.yml" { text = text.replacing("batchOrder:", with: "batchorder:") }
      try program.write(text.utf8, to: "figures/\(name)")
    }
    let outcome = try program.run("plan", environment: ["PLATEAU_HOME": program.folder])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(#/fig3\.yml:\d+:\d+: /#))
    #expect(outcome.errors.contains("did you mean 'batchOrder'"))
  }

  @Test("figures lists every spec with its title")
  func figures() throws {
    let outcome = try program.run("figures")
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n")
    let ids = lines.map { String($0.prefix { $0 != "\t" }) }
    let supplement = (1...19).map { "S\($0)" }
    #expect(ids == ["1", "2", "3", "4", "5"] + supplement + ["B1", "B2", "M1", "M2", "M3", "V1"])
    #expect(!outcome.output.contains("panels"))
  }

  @Test("plan prints a row for each figure and one for all, and executes nothing")
  func plan() throws {
    func row(_ name: String) throws -> [Substring] {
      let outcome = try program.run("plan", "--profile", "smoke", "--figures", "S4,S5")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("MNIST"))
      let line = outcome.output.split(separator: "\n").map { $0.split(separator: " ") }.first {
        $0[0] == name
      }
      return try #require(line)
    }
    #expect(try row("all").prefix(4) == ["all", "12", "0", "12"])
    #expect(try row("all").contains("about"))
    #expect(program.files(in: "").isEmpty)
  }
}
