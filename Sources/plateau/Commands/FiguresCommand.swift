import ArgumentParser
import SpecReading
import Workflow

struct FiguresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "Lists the figure specs.",
    discussion: """
      EXAMPLE
        plateau figures
      """)

  func run() async throws {
    try await Console.orExplain {
      let library = try SpecLibrary.drawable(folder: ProjectFolder.current.specs()).specs
      for figure in library.figures(profile: .paper) {
        let missing = figure.panels.filter { $0.kind == .unavailable }.map(\.id)
        let note = missing.isEmpty ? "" : "  (panels \(missing.joined(separator: ", ")): not available yet)"
        print("\(figure.id)\t\(figure.title)\(note)")
      }
    }
  }
}
