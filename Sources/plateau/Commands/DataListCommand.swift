import ArgumentParser
import Datasets

struct DataListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the data sets, and where each was found.",
    discussion: """
      EXAMPLES
        plateau data list
        plateau data list --data ~/images
      """)

  @OptionGroup var data: DataOptions

  func run() async throws {
    try await Console.orExplain {
      for entry in try data.existingLibrary().inventory() {
        let place =
          switch entry.place {
          case .folder(let path): path
          case .builtIn: "built in"
          case .drawn: "drawn by the program, in place of cifar10 where that is not found"
          case .nowhere: "not found; download it with 'plateau data fetch \(entry.name.rawValue)'"
          }
        let parts = entry.parts.map { "\($0.part.rawValue) \($0.count)" }.joined(separator: ", ")
        let packing = entry.packing.map { ", \($0.rawValue)" } ?? ""
        let details = parts.isEmpty ? "" : " (\(parts)\(packing))"
        print("\(entry.isUsed ? "*" : " ") \(entry.name.rawValue)\t\(place)\(details)")
        if let problem = entry.problem { print("    \(problem)") }
      }
      print("* is in use. Searched: " + data.roots.folders.joined(separator: ", "))
    }
  }
}
