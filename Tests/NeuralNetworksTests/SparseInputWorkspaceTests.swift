import LinearAlgebra
import RandomStreams
import Testing

@testable import NeuralNetworks

@Suite("Sparse input workspace")
struct SparseInputWorkspaceTests {
  private let inputs: Matrix<Float>
  private let labels: [Float]

  init() {
    var stream = RandomStream(RandomKey(seed: 3))
    inputs = Matrix(
      rows: 20, columns: 30,
      elements: (0..<600).map { _ in stream.nextUniform() < 0.3 ? Float(stream.nextUniform()) : 0 })
    labels = (0..<20).map { _ in Float(stream.nextInteger(below: 2)) }
  }

  @Test(
    "a step is that of the dense workspace, parameter by parameter, and fills up nothing",
    arguments: [[1], [7], [8], [40, 40], [41, 5], [3, 9, 4]])
  func step(hidden: [Int]) {
    let network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 30, hidden: hidden), biasStandardDeviation: 0.3,
      key: RandomKey(seed: 4))
    let layout = TransposedFirstLayer(of: network.shape)
    let selection = [4, 19, 0, 7, 7, 2, 11]
    let chosen = selection.map { labels[$0] }

    var dense = network
    let plain = FullyConnectedWorkspace(shape: network.shape, capacity: 7)
    let batch = inputs.rows(at: selection)
    let denseLoss = plain.loss(
      parameters: dense.parameters, inputs: batch.elements, labels: chosen, count: 7)
    plain.accumulateGradient(
      parameters: network.parameters, inputs: batch.elements, labels: chosen, count: 7, scale: 0.5, keep: 1,
      into: &dense.parameters)

    var parameters = layout.parameters(of: network)
    let sparse = SparseInputWorkspace(layout: layout, inputs: SparseRows(of: inputs), capacity: 7)
    selection.withUnsafeBufferPointer { selection in
      let loss = sparse.loss(parameters: parameters, selection: selection, labels: chosen)
      // Float32 logits of some 30 terms: their rounding is below 30 · 2⁻²⁴ = 2e-6.
      #expect(abs(loss - denseLoss) < 1e-5)
      parameters.withUnsafeMutableBufferPointer { w in
        guard let start = w.baseAddress else { return }
        sparse.step(start, selection: selection, labels: chosen, scale: 0.5)
      }
    }
    // In the order of the layout the dense network fills the added units with zeros: all must agree.
    for (found, expected) in zip(parameters, layout.parameters(of: dense)) {
      #expect(abs(found - expected) < 1e-5)
      #expect(expected != 0 || found == 0)
    }
  }
}
