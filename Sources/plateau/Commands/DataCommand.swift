import ArgumentParser

struct DataCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Lists, fetches and verifies the data sets.",
    discussion: """
      EXAMPLES
        plateau data list
        plateau data fetch mnist
        plateau data verify --data /path/to/data
      """,
    subcommands: [DataListCommand.self, DataFetchCommand.self, DataVerifyCommand.self],
    defaultSubcommand: DataListCommand.self)
}
