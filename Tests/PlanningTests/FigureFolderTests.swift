import Foundation
import Planning
import Testing

@Suite("The specs of this repository")
struct FigureFolderTests {
  private let library: SpecLibrary

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    library = try SpecLibrary(folder: root.appending(path: "figures").path)
  }

  @Test("every value of every run has a source", arguments: Profile.allCases)
  func sources(profile: Profile) {
    let settings = library.figures(profile: profile).flatMap(\.settings)
    #expect(!settings.isEmpty)
    #expect(settings.filter { $0.sources.isEmpty }.map(\.path) == [])
    for row in library.tableOne { #expect(row.sources.count == 4, "row \(row.settings.row)") }
  }

  @Test("Figure 3 at the paper's size has 55 runs of 500 images, with the published settings")
  func figure3() throws {
    let figures = library.figures(profile: .paper)
    let figure = try #require(figures.first { $0.id == "3" })
    let group = try #require(figure.runs["fcn-mnist"])
    #expect(group.trainings(seed: 1).count == 55)
    #expect(group.dataset.train == 500 && group.dataset.attackPool == 500 && group.dataset.test == 1000)
    #expect(group.attackSizes == Array(stride(from: 0, through: 500, by: 50)))
    #expect(group.optimiser == OptimiserSpec(kind: .sgd, learningRate: 0.01, batch: 32))
    #expect(group.measurements.count == 3)
    #expect(figure.panels.map(\.id) == ["a", "b", "c", "d", "e", "f"])
    #expect(figure.panels.filter { $0.kind == .scatter }.map(\.id) == ["a", "d"])
  }

  @Test("Figure S5 adds no training to Figure 3", arguments: Profile.allCases)
  func sharedRun(profile: Profile) throws {
    let figures = library.figures(profile: profile)
    let both = Plan(figures: try FigureSelection.figures("3,S5", among: figures), seed: 1)
    let one = Plan(figures: try FigureSelection.figures("3", among: figures), seed: 1)
    #expect(both.runs.count == one.runs.count)
    #expect(both.runs.allSatisfy { $0.figures == ["3", "S5"] })
  }
}
