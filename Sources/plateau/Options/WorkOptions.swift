import ArgumentParser
import Foundation
import SpecReading
import Specifications

/// What the commands report, run and plan have in common: which figures, at which size, from what, kept
/// where.
struct WorkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The sizes: smoke (a check), quick (minutes) or paper (the paper's own).",
      valueName: "smoke|quick|paper"))
  var profile: Profile = .quick

  @Option(help: ArgumentHelp("The figures to make, such as 3,S5; all when left out.", valueName: "ids"))
  var figures: String?

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("Where finished runs are kept and found again.", valueName: "folder"))
  var store: String = "store"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many runs at once; one for each core when left out.", valueName: "n"))
  var jobs: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The seed of every random number.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Refuse any use of the network. (Only 'data fetch' ever uses it.)")
  var offline = false

  /// An option that was given another value than its default; nil where all have theirs.
  var chosenOption: String? {
    let options: [(name: String, isChosen: Bool)] = [
      ("--profile", profile != .quick), ("--figures", figures != nil), ("--data", data.folder != nil),
      ("--store", store != "store"), ("--jobs", jobs != nil), ("--seed", seed != 1),
    ]
    return options.first(where: \.isChosen)?.name
  }

  var jobCount: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if store.isEmpty { throw ValidationError("--store is empty; name a folder") }
    if let jobs, jobs < 1 {
      throw ValidationError("--jobs is \(jobs); it must be at least 1")
    }
    if seed > 1 << 53 {
      throw ValidationError(
        "--seed is \(seed); it must be at most 2^53, so that every JSON reader keeps it exact")
    }
  }

  /// The chosen figures at the profile's size.
  func specs() throws -> (library: SpecLibrary, figures: [FigureSpec]) {
    let library = try SpecLibrary(folder: ProjectFolder.find("figures", containing: "table1.yml"))
    let all = library.figures(profile: profile)
    return (library, try figures.map { try FigureSelection.figures($0, among: all) } ?? all)
  }
}

extension Profile: ExpressibleByArgument {}
