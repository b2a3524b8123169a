import ArgumentParser
import Encodings
import Foundation
import Specifications
import Workflow

/// What the commands report, run and plan have in common: which figures, at which size, from which data, and
/// the store.
struct WorkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The sizes: smoke (a check), quick (minutes; the default) or paper (the paper's own).",
      valueName: "smoke|quick|paper"))
  var profile: Profile?

  @Option(help: ArgumentHelp("The figures to make, such as 3,S5; by default all.", valueName: "ids"))
  var figures: String?

  @OptionGroup var data: DataOptions

  @Option(
    help: ArgumentHelp("The folder in which finished runs are stored; by default store.", valueName: "folder")
  )
  var store: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many runs at once; by default one for each core.", valueName: "n"))
  var jobs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of every random number; by default 1.", valueName: "n"))
  var seed: UInt64?

  @OptionGroup var engine: EngineOptions

  /// The first option that was given, and why a bundle leaves no choice of it; nil where none was.
  var optionThatABundleDecides: (name: String, reason: String)? {
    let options: [(name: String, reason: String, isGiven: Bool)] = [
      ("--profile", "the profile is taken from the bundle", profile != nil),
      ("--figures", "the figures are those of the bundle", figures != nil),
      ("--data", "no images are read", data.folder != nil),
      ("--store", "the runs are taken from the bundle", store != nil),
      ("--jobs", "no run is executed", jobs != nil),
      ("--seed", "the seed is taken from the bundle", seed != nil),
      ("--engine", "no run is executed", engine.engine != nil),
      ("--device", "no run is executed", engine.device != nil),
    ]
    return options.first { $0.isGiven }.map { ($0.name, $0.reason) }
  }

  /// What these options ask for.
  var request: WorkRequest {
    let standard = WorkRequest.standard
    return WorkRequest(
      profile: profile ?? standard.profile, chosenFigures: figures, seed: seed ?? standard.seed,
      store: store ?? standard.store, jobs: jobs ?? standard.jobs,
      engine: engine.choice)
  }

  var places: WorkPlaces { WorkPlaces(project: .current, images: data.roots) }

  func validate() throws {
    if figures?.split(separator: ",", omittingEmptySubsequences: false).contains(where: {
      $0.allSatisfy(\.isWhitespace)
    })
      == true
    {
      throw ValidationError("--figures is '\(figures ?? "")', where an id is missing; write ids such as 3,S5")
    }
    if let jobs { try OptionBounds.check("--jobs", jobs, OptionBounds.jobs) }
    if let seed, seed > 1 << 53 {
      throw ValidationError(
        "--seed is \(seed); it must be at most 2^53, so that every JSON reader keeps it exact")
    }
  }
}

extension Profile: ExpressibleByArgument {}

extension ProjectFolder {
  /// The project's folder for this call of the program.
  /// The project that the current folder lies in, or that of PLATEAU_HOME, and not the program's own.
  static var aroundHere: ProjectFolder {
    ProjectFolder(
      home: Console.environment["PLATEAU_HOME"], currentFolder: FileManager.default.currentDirectoryPath)
  }

  static var current: ProjectFolder {
    ProjectFolder(
      home: Console.environment["PLATEAU_HOME"], currentFolder: FileManager.default.currentDirectoryPath,
      program: Distribution.sharedFolder ?? Distribution.programFolder)
  }
}
