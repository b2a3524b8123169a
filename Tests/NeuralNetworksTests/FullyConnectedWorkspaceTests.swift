import LinearAlgebra
import RandomStreams
import Testing

@testable import NeuralNetworks

@Suite("Passes through a fully connected network")
struct FullyConnectedWorkspaceTests {
  static let hiddenLayers: [[Int]] = [[], [1], [7], [8], [7, 6], [9, 17], [4, 9, 3], [40, 40]]
  /// The share of inputs that are not zero: sparse products and dense ones.
  static let densities = [0.3, 1.0]
  /// Vectors, and lines of memory.
  static let steps = [8, 16]

  private let selection = [4, 19, 0, 7, 7, 2, 11]

  private func inputs(_ density: Double, seed: UInt64) -> Matrix<Float> {
    var stream = RandomStream(RandomKey(seed: seed))
    return Matrix(
      rows: 20, columns: 12,
      elements: (0..<240).map { _ in stream.nextUniform() < density ? Float(stream.nextUniform()) : 0 })
  }

  private func network(_ hidden: [Int], seed: UInt64) -> FullyConnectedNetwork {
    FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 12, hidden: hidden), biasStandardDeviation: 1,
      key: RandomKey(seed: seed))
  }

  @Test(
    "logits and loss are those of plain Float64 loops over the chosen examples", arguments: hiddenLayers,
    densities)
  func loss(hidden: [Int], density: Double) {
    let (x, network, labels) = (inputs(density, seed: 3), network(hidden, seed: 4), randomLabels(20, seed: 5))
    let layout = TransposedLayout(of: network.shape)
    let workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(x), labels: labels, capacity: 7)
    let parameters = layout.ordered(network.parameters)
    let reference = ReferenceNetwork(network)
    selection.withUnsafeBufferPointer { chosen in
      let logits = workspace.logits(parameters: parameters, selection: chosen)
      for (logit, example) in zip(logits, selection) {
        let expected = reference.logit(x.row(example).map(Double.init))
        // Some dozen Float32 additions of numbers of order 1–10.
        #expect(abs(Double(logit) - expected) < 2e-5 * max(1, abs(expected)))
      }
      let expected = reference.loss(x.rows(at: selection), selection.map { labels[$0] })
      #expect(abs(workspace.loss(parameters: parameters, selection: chosen) - expected) < 2e-5)
    }
  }

  @Test(
    "the gradient is that of central differences in Float64, scaled and added, and fills up nothing",
    arguments: hiddenLayers, densities)
  func gradient(hidden: [Int], density: Double) {
    let (x, network, labels) = (inputs(density, seed: 6), network(hidden, seed: 7), randomLabels(20, seed: 8))
    let layout = TransposedLayout(of: network.shape, step: 16)
    let workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(x), labels: labels, capacity: 7)
    let parameters = layout.ordered(network.parameters)
    let expected = ReferenceNetwork(network).gradient(x.rows(at: selection), selection.map { labels[$0] })
    let size = expected.map(abs).max() ?? 0
    var target = layout.ordered(expected.map { _ in 1 })
    selection.withUnsafeBufferPointer {
      workspace.addGradient(parameters: parameters, selection: $0, scale: 0.5, to: &target)
    }
    for (found, theirs) in zip(target.withUnsafeBufferPointer(layout.restored), expected) {
      // Float32 rounding, relative to the largest component; differences are good to 1e-10.
      #expect(abs(Double(found) - (1 + 0.5 * theirs)) < 3e-6 * max(1, size))
    }
    for place in Set(target.indices).subtracting(layout.places) { #expect(target[place] == 0) }
  }

  @Test("a step of descent in place equals parameters minus rate times gradient", arguments: densities)
  func stepInPlace(density: Double) {
    let (x, network) = (inputs(density, seed: 9), network([7, 5], seed: 10))
    let layout = TransposedLayout(of: network.shape)
    let workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(x), labels: randomLabels(20, seed: 11), capacity: 7)
    let parameters = layout.ordered(network.parameters)
    var gradient = parameters.map { _ in Float(0) }
    var stepped = parameters
    selection.withUnsafeBufferPointer { chosen in
      workspace.addGradient(parameters: parameters, selection: chosen, scale: 1, to: &gradient)
      stepped.withUnsafeMutableBufferPointer { w in
        guard let w = w.baseAddress else { return }
        workspace.addGradient(parameters: w, selection: chosen, scale: -0.1, to: w)
      }
    }
    for i in stepped.indices {
      #expect(abs(stepped[i] - (parameters[i] - 0.1 * gradient[i])) < 1e-6)
    }
  }

  @Test("a step after a pass over all examples is the step of its own pass, to the bit", arguments: densities)
  func stepAfterPassOverAll(density: Double) {
    let (x, network) = (inputs(density, seed: 15), network([7, 5], seed: 16))
    let layout = TransposedLayout(of: network.shape)
    let workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(x), labels: randomLabels(20, seed: 17), capacity: 20)
    let parameters = layout.ordered(network.parameters)
    var (own, shared) = (parameters, parameters)
    selection.withUnsafeBufferPointer { chosen in
      workspace.addGradient(parameters: parameters, selection: chosen, scale: 0.1, to: &own)
      Array(0..<20).withUnsafeBufferPointer { _ = workspace.loss(parameters: parameters, selection: $0) }
      for _ in 0..<2 {
        shared = parameters
        workspace.addGradientAfterPassOverAll(
          parameters: parameters, selection: chosen, scale: 0.1, to: &shared)
      }
    }
    #expect(shared == own)
    #expect(own != parameters)
  }

  @Test(
    "every path of the products, in every layout, takes the same step, to the bit", arguments: densities,
    [[9, 17], [40, 40]])
  func paths(density: Double, hidden: [Int]) {
    let (x, network) = (inputs(density, seed: 12), network(hidden, seed: 13))
    let results = LayerProducts.Arithmetic.allCases.filter(\.isAvailable).flatMap { arithmetic in
      Self.steps.map { step in
        let layout = TransposedLayout(of: network.shape, step: step)
        let workspace = FullyConnectedWorkspace(
          layout: layout, inputs: NetworkInputs(x), labels: randomLabels(20, seed: 14), capacity: 7,
          LayerProducts(arithmetic))
        let parameters = layout.ordered(network.parameters)
        var target = parameters
        selection.withUnsafeBufferPointer {
          workspace.addGradient(parameters: parameters, selection: $0, scale: -0.3, to: &target)
        }
        return target.withUnsafeBufferPointer(layout.restored)
      }
    }
    for result in results { #expect(result == results[0]) }
    #expect(results[0] != network.parameters)
  }

  @Test("numbers come back from the layout as they went in", arguments: hiddenLayers, steps)
  func layout(hidden: [Int], step: Int) {
    let layout = TransposedLayout(of: FullyConnectedShape(inputs: 12, hidden: hidden), step: step)
    let values = (0..<layout.shape.parameterCount).map { Float($0 + 1) }
    let ordered = layout.ordered(values)
    #expect(ordered.withUnsafeBufferPointer(layout.restored) == values)
    #expect(layout.places.map { ordered[$0] } == values)
    #expect(ordered.count { $0 == 0 } == layout.parameterCount - values.count)
    for (width, padded) in zip(layout.shape.widths, layout.paddedWidths).dropFirst() {
      #expect(padded >= width && padded < width + step)
      #expect(padded % (width > 8 ? step : 8) == 0)
    }
    #expect(layout.weightStarts.allSatisfy { $0 % 8 == 0 })
  }
}
