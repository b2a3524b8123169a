import Foundation
import RandomStreams

@testable import FunctionPriors

/// The slow plain version of the sampler: the same random words, all arithmetic in Float64, one input at a
/// time.
struct PlainFunctionSampler {
  let ensemble: BooleanNetworkEnsemble
  let key: RandomKey

  /// The words of one block of the key's stream.
  private func block(_ index: Int) -> SIMD4<UInt32> {
    Philox.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), key.upperCounter[0],
        key.upperCounter[1]), key: key.key)
  }

  /// The standard normals of a group of 64.
  func normals(group: Int) -> [Double] {
    var normals = [Double](repeating: 0, count: 64)
    for lane in 0..<16 {
      let words = block(16 * group + lane)
      for half in 0..<2 {
        let u = (Double(words[2 * half] >> 1) + 0.5) / 0x1p31
        let turn = Double(words[2 * half + 1]) / 0x1p32
        let radius = (-2 * log(u)).squareRoot()
        normals[32 * half + lane] = radius * cos(2 * .pi * turn)
        normals[32 * half + 16 + lane] = radius * sin(2 * .pi * turn)
      }
    }
    return normals
  }

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
