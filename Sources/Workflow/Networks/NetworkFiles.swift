import Datasets
import LinearAlgebra
import NeuralNetworks

/// A network of the user's own and its training set, as files.
package struct NetworkFiles: Sendable {
  private let weights: String
  private let inputs: String
  private let labels: String

  /// - Parameters:
  ///   - weights: a `.safetensors` file of a fully connected ReLU network with one logit.
  ///   - inputs: a `.npy` file, `[n, d]`, taken unscaled.
  ///   - labels: a `.npy` file, `[n]`, of 0/1 or −1/+1.
  package init(weights: String, inputs: String, labels: String) {
    self.weights = weights
    self.inputs = inputs
    self.labels = labels
  }

  /// The contents of the three files.
  struct Loaded {
    let network: FullyConnectedNetwork
    let inputs: Matrix<Float>
    let labels: [UInt8]

    /// On how many of the labels the network is wrong.
    var wrong: WrongLabels {
      let logits = network.logits(inputs)
      let count = zip(FullyConnectedNetwork.function(ofLogits: logits), labels).count { $0 != $1 }
      return WrongLabels(
        count: count, of: labels.count,
        isSaturated: count == 0 && logits.allSatisfy { $0.magnitude > WrongLabels.saturation })
    }
  }

  /// Reads the files and checks them against each other.
  ///
  /// - Throws: `SafetensorsError` or `NumpyArrayError` with the name of the file that cannot be used.
  func load() throws -> Loaded {
    let loaded = try NetworkOnInputs(weights: weights, inputs: inputs)
    let y = try NumpyArray(path: labels).labels(path: labels)
    guard y.count == loaded.inputs.rows else {
      throw NumpyArrayError.wrongShape(
        path: labels, expected: "[\(loaded.inputs.rows)], one for each row of \(inputs)", got: [y.count])
    }
    return Loaded(network: loaded.network, inputs: loaded.inputs, labels: y)
  }
}

/// A network of the user's own and inputs for it, read from files.
struct NetworkOnInputs: Sendable {
  let network: FullyConnectedNetwork
  let inputs: Matrix<Float>
  /// The file of the inputs.
  private let path: String

  /// Reads the files and checks them against each other.
  ///
  /// - Throws: `SafetensorsError` or `NumpyArrayError` with the name of the file that cannot be used.
  init(weights: String, inputs path: String) throws {
    network = try FullyConnectedNetwork(SafetensorsFile(path: weights), path: weights)
    let x = try NumpyArray(path: path).inputs(path: path)
    guard x.columns == network.shape.widths[0] else {
      throw NumpyArrayError.wrongShape(
        path: path, expected: "[n, \(network.shape.widths[0])], as the network takes",
        got: [x.rows, x.columns])
    }
    inputs = Matrix(rows: x.rows, columns: x.columns, elements: x.elements.map { Float($0) })
    self.path = path
  }

  /// The network's function: 1 where its logit is at least 0, for each row of the inputs.
  ///
  /// - Throws: `NumpyArrayError.logitNotFinite(path:row:)` where the network has no answer.
  func outputs() throws(NumpyArrayError) -> [UInt8] {
    let logits = network.logits(inputs)
    if let row = logits.firstIndex(where: { !$0.isFinite }) {
      throw .logitNotFinite(path: path, row: row)
    }
    return FullyConnectedNetwork.function(ofLogits: logits)
  }
}

/// On how many of its training labels a network is wrong, of how many. Measures of flatness are of networks that fit S.
package struct WrongLabels: Sendable, Equatable {
  package let count: Int
  package let of: Int
  /// Whether all outputs are right and so large that the loss, below 10⁻¹⁵ nats, and its derivatives say nothing.
  package let isSaturated: Bool

  /// ln 10¹⁵: the cross-entropy of a right answer is e to minus its logit.
  static let saturation: Float = 34.54
}
