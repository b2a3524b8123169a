@testable import NeuralNetworks

/// A layer program carried out by plain loops in Float64: the oracle of engines.
struct PlainConvolutionNet {
  let program: LayerProgram
  /// In the program's order.
  var parameters: [Double]
  /// In the program's order.
  var statistics: [Double]

  /// The logits of images `[count, C, H, W]`; in training mode the statistics move.
  mutating func logits(of images: [Double], count: Int, mode: NormalisationMode) -> [Double] {
    var activations: [[Double]] = Array(repeating: [], count: program.activations.count)
    activations[0] = images
    var (parameter, statistic) = (0, 0)
    for operation in program.operations {
      switch operation {
      case .convolution(let geometry, let input, let output):
        activations[output] = convolve(
          geometry, activations[input], Array(parameters[parameter..<parameter + geometry.weightCount]), count
        )
        parameter += geometry.weightCount
      case .normalisation(let input, let output, let rectified):
        let shape = program.activations[input]
        activations[output] = normalise(
          shape, activations[input], parameter, statistic, count, mode, rectified: rectified)
        parameter += 2 * shape.channels
        statistic += 2 * shape.channels
      case .shortcut(let activation, let shortcut):
        for i in activations[activation].indices {
          activations[activation][i] = max(0, activations[activation][i] + activations[shortcut][i])
        }
      case .averagePool(let input, let output):
        let shape = program.activations[input]
        let area = shape.height * shape.width
        activations[output] = (0..<count * shape.channels).map { plane in
          activations[input][plane * area..<(plane + 1) * area].reduce(0, +) / Double(area)
        }
      case .linear(let input, let output):
        let n = program.activations[input].count
        activations[output] = (0..<count).map { i in
          (0..<n).reduce(parameters[parameter + n]) {
            $0 + parameters[parameter + $1] * activations[input][i * n + $1]
          }
        }
        parameter += n + 1
      }
    }
    return activations[program.activations.count - 1]
  }

  private func convolve(
    _ geometry: ConvolutionGeometry, _ x: [Double], _ w: [Double], _ count: Int
  ) -> [Double] {
    let (from, to, k) = (geometry.input, geometry.output, geometry.kernel)
    var y = [Double](repeating: 0, count: count * to.count)
    for n in 0..<count {
      for o in 0..<to.channels {
        for i in 0..<to.height {
          for j in 0..<to.width {
            var sum = 0.0
            for c in 0..<from.channels {
              for p in 0..<k {
                let row = i * geometry.stride + p - geometry.padding
                guard (0..<from.height).contains(row) else { continue }
                for q in 0..<k {
                  let column = j * geometry.stride + q - geometry.padding
                  guard (0..<from.width).contains(column) else { continue }
                  sum +=
                    w[((o * from.channels + c) * k + p) * k + q]
                    * x[((n * from.channels + c) * from.height + row) * from.width + column]
                }
              }
            }
            y[((n * to.channels + o) * to.height + i) * to.width + j] = sum
          }
        }
      }
    }
    return y
  }

  private mutating func normalise(
    _ shape: ActivationShape, _ x: [Double], _ parameter: Int, _ statistic: Int, _ count: Int,
    _ mode: NormalisationMode, rectified: Bool
  ) -> [Double] {
    var y = x
    let area = shape.height * shape.width
    for c in 0..<shape.channels {
      let places: [Int] = (0..<count).flatMap { n -> Range<Int> in
        let plane = n * shape.channels + c
        return plane * area..<(plane + 1) * area
      }
      var (mean, variance) = (statistics[statistic + c], statistics[statistic + shape.channels + c])
      if mode == .training {
        let size = Double(places.count)
        let values = places.map { x[$0] }
        mean = values.reduce(0, +) / size
        variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / size
        statistics[statistic + c] = 0.9 * statistics[statistic + c] + 0.1 * mean
        statistics[statistic + shape.channels + c] =
          0.9 * statistics[statistic + shape.channels + c] + 0.1 * variance * size / (size - 1)
      }
      for place in places {
        let value =
          parameters[parameter + c] * (x[place] - mean) / (variance + 1e-5).squareRoot()
          + parameters[parameter + shape.channels + c]
        y[place] = rectified ? max(0, value) : value
      }
    }
    return y
  }
}
