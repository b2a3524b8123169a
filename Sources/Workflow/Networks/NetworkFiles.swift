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
      let count = zip(logits, labels).count { ($0 >= 0) != ($1 == 1) }
      return WrongLabels(
        count: count, of: labels.count,
        isSaturated: count == 0 && logits.allSatisfy { $0.magnitude > WrongLabels.saturation })
    }
  }

  /// Reads the files and checks them against each other.
  ///
  /// - Throws: `SafetensorsError` or `NumpyArrayError` with the name of the file that cannot be used.
  func load() throws -> Loaded {
    let network = try FullyConnectedNetwork(SafetensorsFile(path: weights), path: weights)
    let x = try NumpyArray(path: inputs).inputs(path: inputs)
    let y = try NumpyArray(path: labels).labels(path: labels)
    guard x.columns == network.shape.widths[0] else {
      throw NumpyArrayError.wrongShape(
        path: inputs, expected: "[n, \(network.shape.widths[0])], as the network takes",
        got: [x.rows, x.columns])
    }
    guard y.count == x.rows else {
      throw NumpyArrayError.wrongShape(
        path: labels, expected: "[\(x.rows)], one for each row of \(inputs)", got: [y.count])
    }
    return Loaded(
      network: network,
      inputs: Matrix(rows: x.rows, columns: x.columns, elements: x.elements.map { Float($0) }), labels: y)
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
