import Foundation
import RandomStreams
import TestSupport

@testable import FunctionPriors

/// The slow plain version of the sampler: the same random words, all arithmetic in Float64, one input at a
/// time.
struct PlainFunctionSampler {
  let ensemble: BooleanNetworkEnsemble
  let key: RandomKey

  /// The standard normals of a group of 64.
  func normals(group: Int) -> [Double] { PlainNormals.group(group, of: key) }

  /// The logits of network `sample` on all inputs.
  func logits(_ sample: Int) -> [Double] {
    let widths = [ensemble.variables] + ensemble.hidden + [1]
    let count = zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
    let groups = (count + 63) / 64
    var parameters = (0..<groups).flatMap { normals(group: sample * groups + $0) }[...]
    var layers: [(weights: [Double], biases: [Double])] = []
    for (inputs, units) in zip(widths, widths.dropFirst()) {
      let deviation = (ensemble.weightVariance / Double(inputs)).squareRoot()
      layers.append(
        (
          parameters.prefix(inputs * units).map { deviation * $0 },
          parameters.dropFirst(inputs * units).prefix(units).map { ensemble.biasVariance.squareRoot() * $0 }
        ))
      parameters = parameters.dropFirst((inputs + 1) * units)
    }
    return (0..<ensemble.inputCount).map { input in
      var values = (0..<ensemble.variables).map { Double(input >> (ensemble.variables - 1 - $0) & 1) }
      for (index, layer) in layers.enumerated() {
        let next = layer.biases.indices.map { unit in
          values.indices.reduce(layer.biases[unit]) {
            $0 + layer.weights[unit * values.count + $1] * values[$1]
          }
        }
        values = index + 1 < layers.count ? next.map { max($0, 0) } : next
      }
      return values[0]
    }
  }
}
