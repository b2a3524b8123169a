import ArgumentParser
import DatasetDescriptions
import Datasets

struct DataFetchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Downloads data sets from their official addresses.",
    discussion: """
      Each file is checked against its published SHA-256. An interrupted download resumes where it stopped.

      EXAMPLES
        plateau data fetch mnist
        plateau data fetch mnist cifar10 --data ./data
      """)

  @Argument(help: ArgumentHelp("\(DatasetName.fetchable).", valueName: "name"))
  var names: [DatasetName]

  @OptionGroup var data: DataOptions

  @Flag(help: "Do not use the network; list the files to put in place by hand.")
  var offline = false

  func run() async throws {
    try await Console.orExplain {
      try data.roots.checkNamed(forFetching: true)
      let fetcher = DatasetFetcher(root: data.roots.fetchFolder, offline: offline)
      let isTerminal = Console.isTerminal
      for name in names {
        let files = try await fetcher.fetch(name) { file, received, total in
          guard isTerminal else { return }
          let share = total.map { " of \($0 / 1_000_000)" } ?? ""
          Console.redraw("\(file): \(received / 1_000_000)\(share) MB")
        }
        if isTerminal { Console.note("") }
        for file in files { print(file) }
      }
    }
  }
}

/// The data sets that can be fetched: those that are files.
extension DatasetName: ExpressibleByArgument {
  /// The data set of that name; nil for one that the program draws.
  package init?(argument: String) {
    guard let name = DatasetName(rawValue: argument), name.facts.files != nil else { return nil }
    self = name
  }

  /// The names to choose from, such as "mnist, fashion-mnist or cifar10".
  fileprivate static var fetchable: String {
    allValueStrings.dropLast().joined(separator: ", ") + " or " + (allValueStrings.last ?? "")
  }

  /// The names to choose from.
  package static var allValueStrings: [String] {
    allCases.filter { $0.facts.files != nil }.map(\.rawValue)
  }
}
