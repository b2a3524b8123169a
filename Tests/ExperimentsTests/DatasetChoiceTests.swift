import DatasetDescriptions
import Foundation
import Planning
import Specifications
import TestSupport
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Substitutes for data sets")
struct DatasetChoiceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ bytes: [UInt8], to name: String) throws {
    let url = URL(fileURLWithPath: folder.path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  private func figure(_ dataset: DatasetSpec, _ substitute: DatasetSubstitute?, title: String) -> FigureSpec {
    let group = RunGroup(
      dataset: dataset, substitute: substitute,
      network: NetworkSpec(kind: .fcn, hidden: [4], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 2), attackSizes: [0], samplesPerSize: 1,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 9), measurements: [])
    return FigureSpec(
      id: "3", title: "T", caption: "C.", runs: ["g": group],
      panels: [
        PanelSpec(
          id: "b", title: "FCN on \(title)", .scatter(runs: "g", .init(x: .flatness, y: .generalization)),
          claim: "c")
      ], schematic: nil,
      settings: [
        SettingEntry(path: "g.dataset.name", value: .text(dataset.name), sources: ["P"]),
        SettingEntry(path: "h.dataset.name", value: .text(dataset.name), sources: ["P"]),
      ], file: "fig3.yml", datasetLocations: ["g": SpecLocation(file: "fig3.yml", line: 7, column: 3)])
  }

  private var colour: FigureSpec {
    figure(
      DatasetSpec(name: .cifar10, task: .automobileVersusCat, train: 4, attackPool: 2, test: 2),
      DatasetSubstitute(name: .drawnShapes, task: .automobileVersusCat), title: "CIFAR-10")
  }

  private func digits(_ train: Int) -> FigureSpec {
    figure(
      DatasetSpec(name: .mnist, task: .digits0to4Versus5to9, train: train, attackPool: 2, test: 2),
      DatasetSubstitute(name: .fashionMNIST, task: .classes0to4Versus5to9), title: "MNIST")
  }

  private func choice(_ figure: FigureSpec, _ profile: Profile = .quick) throws -> DatasetChoice {
    let roots = DataRoots(named: [], others: [folder.path], fetchFolder: folder.path)
    return try DatasetChoice(
      [figure], profile: profile, images: ImageCache(library: DatasetLibrary(roots: roots)))
  }

  @Test("without CIFAR-10 drawn images take its place, and title, caption and settings say so")
  func drawn() throws {
    let choice = try choice(colour)
    let figure = choice.figures[0]
    let group = try #require(figure.runs["g"])
    #expect(group.dataset.name == "drawn-shapes" && group.dataset.isStandIn && group.dataset.train == 4)
    #expect(group.substitution?.words == "stand-in images, not CIFAR-10")
    #expect(figure.panels[0].title == "FCN on stand-in images, not CIFAR-10")
    #expect(
      figure.caption
        == "C. Panel b: stand-in images, not CIFAR-10 (no CIFAR-10 was found); no claim of the paper is judged on them."
    )
    #expect(figure.settings.map(\.value) == [.text("drawn-shapes"), .text("cifar10")])
    #expect(figure.settings[0].paperValue == .text("cifar10"))
    #expect(
      choice.decisions.count == 1 && choice.decisions[0].notice.contains("Figure 3, g: stand-in images"))
    // Other data, another key.
    let named = try #require(colour.runs["g"]).trainings(seed: 1)[0]
    let used = group.trainings(seed: 1)[0]
    #expect(
      try RunIdentity(spec: named, dataDigest: "d").key() != RunIdentity(spec: used, dataDigest: "d").key())
  }

  @Test("at the paper's size nothing is drawn: the panel is not available, and says how to get the data")
  func paper() throws {
    let figure = try choice(colour, .paper).figures[0]
    #expect(figure.runs.isEmpty && figure.panels[0].kind == .unavailable && figure.panels[0].runs.isEmpty)
    #expect(figure.panels[0].title == "FCN on CIFAR-10" && figure.panels[0].claim == "c")
    let reason = try #require(figure.panels[0].reason)
    #expect(reason.contains("no CIFAR-10 was found") && reason.contains("plateau data fetch cifar10"))
    #expect(!reason.contains(folder.path))
    #expect(figure.settings.map(\.path) == ["h.dataset.name"])
  }

  @Test("CIFAR-10 itself is used where it is found, and damage to it is an error, never a reason to draw")
  func found() throws {
    for file in (1...5).map({ "data_batch_\($0)" }) + ["test_batch"] {
      try write(
        [1, 3, 5].flatMap { [$0] + [UInt8](repeating: 10 * $0, count: 3072) },
        to: "cifar-10-batches-bin/\(file).bin")
    }
    #expect(try choice(colour).figures == [colour])
    #expect(try choice(colour, .paper).figures == [colour])
    try write([1, 2, 3], to: "cifar-10-batches-bin/data_batch_3.bin")
    #expect(throws: DatasetError.self) { try choice(colour) }
  }

  @Test("MNIST serves as long as it has the images needed; beyond them Fashion-MNIST does, or nothing")
  func fashion() throws {
    // The built-in images are 5000.
    #expect(try choice(digits(4996)).figures == [digits(4996)])
    let none = try choice(digits(4997)).figures[0]
    #expect(
      none.panels[0].reason
        == "fewer than 5 001 MNIST images were found, and no Fashion-MNIST; plateau data fetch mnist or fashion-mnist gets them"
    )
    for part in ["train", "t10k"] {
      try write(
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6], to: "fashion-mnist/\(part)-images-idx3-ubyte")
      try write([0, 0, 8, 1, 0, 0, 0, 2, 0, 9], to: "fashion-mnist/\(part)-labels-idx1-ubyte")
    }
    let figure = try choice(digits(4997), .paper).figures[0]
    let group = try #require(figure.runs["g"])
    #expect(group.dataset.source == .images(.fashionMNIST, .classes0to4Versus5to9))
    #expect(!group.dataset.isStandIn)
    #expect(figure.panels[0].title == "FCN on Fashion-MNIST in place of MNIST")
    #expect(figure.caption.contains("(fewer than 5 001 MNIST images were found)."))
  }

}
