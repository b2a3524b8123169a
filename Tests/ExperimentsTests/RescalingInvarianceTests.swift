import Flatness
import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import SpecReading
import Specifications
import Testing

@testable import Experiments

/// What the table of measures says of a rescaling, held against measurements, the page, and Figure M2.
@Suite("The table of measures on rescaling")
struct RescalingInvarianceTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let folder = root.appending(path: "figures").path
  /// Those of a network alone, without its function.
  private static let kinds = MeasureKind.allCases.filter {
    ![.prior, .sampledPrior, .marginalLikelihood].contains($0)
  }

  @Test(
    "a measure that is kept stays within a ten-thousandth through a rescaling, another moves",
    arguments: kinds)
  func measured(kind: MeasureKind) throws {
    let table = try TableOne(folder: Self.folder)
    let form = try #require(MeasureDefinition.of(kind).forms.first)
    let measure = try kind == .hessian ? .hessian(HessianSettings(top: 1)) : table.measure(form)
    let key = RandomKey(seed: 5)
    var stream = RandomStream(key)
    let inputs = Matrix<Float>(
      rows: 60, columns: 12, elements: (0..<720).map { _ in Float(abs(stream.nextNormal())) })
    let network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 12, hidden: [9, 7]), weightVariance: 2,
      biasStandardDeviation: 1, key: key)
    let labels = network.function(on: inputs)
    func value(_ network: FullyConnectedNetwork) throws -> Double {
      let found = try measure.flatness(
        of: network, inputs: inputs, labels: labels, key: key, isCancelled: { false })
      let read = try #require(MeasureDefinition.values.first { $0.isGiven(by: measure) }).read
      return try #require(read(found))
    }
    let before = try value(network)
    let moves = try [0.17, 5.9, 1000].map { alpha in
      abs(try value(network.rescaled(layer: 0, by: 1 / alpha)) / before - 1)
    }
    if MeasureDefinition.of(kind).rescaling == .kept {
      #expect(moves.allSatisfy { $0 < 1e-4 }, "\(moves)")
    } else {
      #expect(moves.contains { $0 > 0.05 }, "\(moves)")
    }
  }

  @Test("the page of methods says the same of every measure in its table")
  func page() throws {
    let page = try String(contentsOf: Self.root.appending(path: "Documentation/Method.md"), encoding: .utf8)
    let words: [RescalingInvariance: String] = [.kept: "yes", .keptWithoutOffset: "for ", .lost: "no"]
    let rows = Self.kinds.filter { ![.sharpness, .hessian, .hessianTrace].contains($0) }.map { kind in
      (kind, page.split(separator: "\n").filter { $0.hasPrefix("| `\(kind.rawValue)`") })
    }
    for (kind, lines) in rows {
      let cells = lines.first?.split(separator: " | ").map(String.init) ?? []
      try #require(lines.count == 1 && cells.count == 4, "\(kind)")
      let word = try #require(words[MeasureDefinition.of(kind).rescaling])
      #expect(cells[2].hasPrefix(word), "\(kind): \(cells[2])")
    }
  }

  @Test("Figure M2 judges every measure by the claim that its theory makes")
  func figure() throws {
    let library = try SpecLibrary(folder: Self.folder)
    let figure = try #require(library.figures(profile: .paper).first { $0.id == "M2" })
    let claims: [RescalingInvariance: String] = [
      .kept: "measure-survives-rescaling", .keptWithoutOffset: "measure-nearly-survives-rescaling",
      .lost: "measure-moves-with-rescaling",
    ]
    var shown: [MeasureKind] = []
    for panel in figure.panels {
      let value = try #require(panel.quantities.first?.measured.first)
      let definition = try #require(
        MeasureDefinition.all.first { $0.forms.contains { value.forms.contains($0.name) } })
      #expect(panel.claim == claims[definition.rescaling], "\(panel.title)")
      shown.append(definition.kind)
    }
    #expect(Set(shown) == Set(Self.kinds + [.prior]) && shown.count == Set(shown).count)
  }
}
