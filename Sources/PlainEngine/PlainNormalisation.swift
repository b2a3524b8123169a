import NeuralNetworks

/// A batch norm of `count` images by its definition
/// (``LayerOperation/normalisation(input:output:rectified:)``).
struct PlainNormalisation {
  let shape: ActivationShape
  let count: Int
  let rectified: Bool

  /// The number of values that each channel's mean is taken over.
  private var sampleCount: Double { Double(count * shape.height * shape.width) }

  /// The mean, then the variance, of each channel of x.
  func statistics(of x: UnsafePointer<Float>) -> [Float] {
    let means = (0..<shape.channels).map { channel -> Double in
      var sum = 0.0
      forEachPlace(channel) { sum += Double(x[$0]) }
      return sum / sampleCount
    }
    let variances = (0..<shape.channels).map { channel -> Double in
      var sum = 0.0
      forEachPlace(channel) { sum += (Double(x[$0]) - means[channel]) * (Double(x[$0]) - means[channel]) }
      return sum / sampleCount
    }
    return (means + variances).map(Float.init)
  }

  /// Moves running statistics from `start` on towards those of a batch (``NormalisationMode/training``).
  func move(_ running: inout [Float], at start: Int, towards batch: [Float]) {
    let unbiased = Float(sampleCount > 1 ? sampleCount / (sampleCount - 1) : 1)
    for i in batch.indices {
      let value = i < shape.channels ? batch[i] : batch[i] * unbiased
      running[start + i] += NormalisationMode.momentum * (value - running[start + i])
    }
  }

  /// y of x, normalised by `statistics`.
  func forward(
    _ x: UnsafePointer<Float>, statistics: ArraySlice<Float>, scaleAndShift: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<shape.channels {
      let (mean, deviation) = moments(channel, statistics)
      let (scale, shift) = (scaleAndShift[channel], scaleAndShift[shape.channels + channel])
      forEachPlace(channel) { place in
        let value = scale * ((x[place] - mean) / deviation) + shift
        y[place] = rectified && value < 0 ? 0 : value
      }
    }
  }

  /// Adds the derivatives by x and takes the gradient of γ and β from the derivatives by y.
  func backward(
    _ dy: UnsafePointer<Float>, input x: UnsafePointer<Float>, output y: UnsafePointer<Float>,
    statistics: ArraySlice<Float>, scaleAndShift: UnsafePointer<Float>, mode: NormalisationMode,
    addingTo dx: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<shape.channels {
      let (mean, deviation) = moments(channel, statistics)
      func derivative(_ place: Int) -> Float { rectified && y[place] <= 0 ? 0 : dy[place] }
      var (byScale, byShift) = (0.0, 0.0)
      forEachPlace(channel) { place in
        byScale += Double(derivative(place)) * Double((x[place] - mean) / deviation)
        byShift += Double(derivative(place))
      }
      (gradient[channel], gradient[shape.channels + channel]) = (Float(byScale), Float(byShift))
      // Running statistics are constants; those of the batch depend on x.
      let isConstant = mode == .evaluation
      let (meanOfScale, meanOfShift) = (Float(byScale / sampleCount), Float(byShift / sampleCount))
      let factor = scaleAndShift[channel] / deviation
      forEachPlace(channel) { place in
        let centred =
          isConstant
          ? derivative(place)
          : derivative(place) - meanOfShift - (x[place] - mean) / deviation * meanOfScale
        dx[place] += factor * centred
      }
    }
  }

  private func moments(_ channel: Int, _ statistics: ArraySlice<Float>) -> (mean: Float, deviation: Float) {
    let start = statistics.startIndex + channel
    return (
      statistics[start], (statistics[start + shape.channels] + NormalisationMode.epsilon).squareRoot()
    )
  }

  @inline(__always) private func forEachPlace(_ channel: Int, _ body: (Int) -> Void) {
    let area = shape.height * shape.width
    for image in 0..<count {
      let start = (image * shape.channels + channel) * area
      for place in start..<start + area { body(place) }
    }
  }
}
