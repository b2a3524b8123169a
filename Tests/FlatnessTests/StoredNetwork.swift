import Foundation
import LinearAlgebra
import NeuralNetworks

/// The network of `Oracles/torch_and_scipy.json`, its data, and what PyTorch, NumPy and SciPy found.
struct StoredNetwork: Decodable {
  private let widths: [Int]
  private let parameters: [Float]
  let labels: [UInt8]
  let loss: Double
  /// All of the Hessian's, descending.
  let eigenvalues: [Double]
  /// The largest loss in the box, by ζ.
  let largestLosses: [String: Double]
  private let inputValues: [Float]

  private enum CodingKeys: String, CodingKey {
    case widths, parameters, labels, loss, eigenvalues, largestLosses
    case inputValues = "inputs"
  }

  static func load() throws -> StoredNetwork {
    let file = Bundle.module.bundleURL.appendingPathComponent("Oracles/torch_and_scipy.json")
    return try JSONDecoder().decode(StoredNetwork.self, from: Data(contentsOf: file))
  }

  var network: FullyConnectedNetwork {
    FullyConnectedNetwork(
      shape: FullyConnectedShape(inputs: widths[0], hidden: Array(widths[1..<widths.count - 1])),
      parameters: parameters)
  }

  var inputs: Matrix<Float> { Matrix(rows: labels.count, columns: widths[0], elements: inputValues) }
}
