import Foundation
import Planning
import SpecReading
import Specifications
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
    #expect(group.optimiser == OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 32))
    #expect(group.measurements.count == 3)
    #expect(figure.panels.map(\.id) == ["a", "b", "c", "d", "e", "f"])
    #expect(figure.panels.allSatisfy { $0.kind == .scatter })
  }

  @Test("ResNet-50 has the published settings at the paper's size, and its 50 layers in every profile")
  func residual() throws {
    let figures = library.figures(profile: .paper)
    let group = try #require(figures.first { $0.id == "3" }?.runs["resnet50-cifar10"])
    #expect(group.trainings(seed: 1).count == 55)
    #expect(group.dataset.train == 5000 && group.dataset.attackPool == 5000 && group.dataset.test == 2000)
    #expect(group.dataset.normalisation?.mean.count == 3)
    #expect(group.optimiser == OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 128))
    #expect(group.augmentation == AugmentationSpec(cropPadding: 4, flips: true))
    let prior = try #require(group.measurements.flatMap(\.priors).first)
    #expect(prior.kernel == .monteCarlo && prior.initialisations(points: 7000) == 700)
    let ascents = group.measurements.flatMap(\.parts).compactMap(\.sharpness)
    #expect(ascents.map(\.epochs) == [100] && ascents.map(\.box) == [1e-5])
    let adam = try #require(figures.first { $0.id == "S17" }?.runs["adam-resnet50"])
    #expect(
      adam.attackSizes == Array(stride(from: 0, through: 2500, by: 500)) && adam.dataset == group.dataset)
    for profile in Profile.allCases {
      let groups = library.figures(profile: profile).filter { ["3", "S7", "S17"].contains($0.id) }
        .flatMap { $0.runs.values }
      #expect(groups.contains { $0.network.kind == .resnet50 })
    }
  }

  @Test("CIFAR-10 and S19 have the paper's sizes, inputs in [0, 1], and a substitute each")
  func substitutes() throws {
    let figures = library.figures(profile: .paper)
    let colour = try #require(figures.first { $0.id == "3" }?.runs["fcn-cifar10"])
    #expect(
      colour.dataset
        == DatasetSpec(name: .cifar10, task: .automobileVersusCat, train: 5000, attackPool: 5000, test: 2000))
    #expect(
      colour.attackSizes == Array(stride(from: 0, through: 5000, by: 500)) && colour.samplesPerSize == 5)
    #expect(colour.substitute == DatasetSubstitute(name: .drawnShapes, task: .automobileVersusCat))
    // The second likelihood only up to 3000 points.
    #expect(colour.measurements.flatMap(\.priors).map(\.likelihood) == [.heaviside])
    let figure = try #require(figures.first { $0.id == "S19" })
    let many = try #require(figure.runs["fcn-mnist-10k"])
    #expect(many.dataset.imageCount == 21_000 && many.attackSizes.last == 10_000)
    #expect(many.substitute == DatasetSubstitute(name: .fashionMNIST, task: .classes0to4Versus5to9))
    #expect(many.measurements.flatMap(\.priors).map(\.likelihood) == [.heaviside])
    #expect(
      figure.comparison
        == VerdictComparison(
          claim: "more-images-change-nothing", figure: "3",
          panels: [.init(own: "a", other: "a"), .init(own: "b", other: "d")]))
  }

  @Test("Figure S5 adds no training to Figure 3", arguments: Profile.allCases)
  func sharedRun(profile: Profile) throws {
    let figures = library.figures(profile: profile)
    let both = Plan(figures: try FigureSelection.figures("3,S5", among: figures), seed: 1)
    let one = Plan(figures: try FigureSelection.figures("3", among: figures), seed: 1)
    #expect(both.runs.count == one.runs.count)
    #expect(
      both.runs.allSatisfy { $0.figures == ($0.training.dataset.name == "mnist" ? ["3", "S5"] : ["3"]) })
  }

  @Test("Figure M1 has every measure, of seven optimisers, and adds no training", arguments: Profile.allCases)
  func everyMeasure(profile: Profile) throws {
    let figures = library.figures(profile: profile)
    let alone = try FigureSelection.figures("3,4,S18", among: figures)
    let both = try FigureSelection.figures("3,4,S18,M1", among: figures)
    #expect(
      Plan(figures: both, seed: 1).runs.map(\.training) == Plan(figures: alone, seed: 1).runs.map(\.training))
    let figure = try #require(figures.first { $0.id == "M1" })
    #expect(figure.runs.count == 7 && Set(figure.runs.values.map(\.optimiser)).count == 7)
    #expect(figure.runs.values.allSatisfy { $0.trainingCount >= (profile == .smoke ? 6 : 10) })
    if profile == .paper { #expect(figure.runs.values.reduce(0) { $0 + $1.trainingCount } == 385) }
    let panel = try #require(figure.panels.first)
    #expect(panel.runs.count == 7 && panel.claim == "prior-is-most-robust")
    let shown = Set(panel.quantities.flatMap(\.measured).compactMap(\.forms.first))
    // The same for all networks of one S, and what costs more than all the others together.
    let left: Set<MeasureKind> = [.marginalLikelihood, .sampledPrior, .hessian]
    let expected = MeasureKind.allCases.filter { !left.contains($0) }.map(\.rawValue)
    #expect(shown == Set(expected))
  }
}
