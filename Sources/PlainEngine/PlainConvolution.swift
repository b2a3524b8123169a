import NeuralNetworks

/// A convolution by its definition (``ConvolutionGeometry``).
struct PlainConvolution {
  private let geometry: ConvolutionGeometry

  init(_ geometry: ConvolutionGeometry) { self.geometry = geometry }

  /// y of `count` images x.
  func forward(
    _ x: UnsafePointer<Float>, count: Int, weights w: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>
  ) {
    let (to, size) = (geometry.output, geometry.weightCount / geometry.outputs)
    let area = to.width * to.height
    for image in 0..<count {
      // A sum waits for each of its terms. Four channels of a place side by side take the time of one, each in its order.
      for channel in stride(from: 0, to: to.channels, by: 4) {
        let channels = min(4, to.channels - channel)
        for place in (image * to.channels + channel) * area..<(image * to.channels + channel + 1) * area {
          var sums = SIMD4<Double>.zero
          forEachRun(of: place) { from, weight, length in
            for q in weight..<weight + length {
              // Beyond the last channel that one comes again.
              let weights = SIMD4(
                w[q], w[q + min(1, channels - 1) * size], w[q + min(2, channels - 1) * size],
                w[q + (channels - 1) * size])
              sums += SIMD4<Double>(weights) * Double(x[from + q - weight])
            }
          }
          for c in 0..<channels { y[place + c * area] = Float(sums[c]) }
        }
      }
    }
  }

  /// Adds the derivatives by x, where they are wanted, and takes the gradient of w, from the derivatives by
  /// y.
  ///
  /// Each weight meets its places in their order, and so does each x, since weights come last to first.
  func backward(
    _ dy: UnsafePointer<Float>, input x: UnsafePointer<Float>, count: Int, weights w: UnsafePointer<Float>,
    addingTo dx: UnsafeMutablePointer<Float>?, gradient: UnsafeMutablePointer<Float>
  ) {
    let (from, to, k) = (geometry.input, geometry.output, geometry.kernel)
    let stride = geometry.stride
    var dw = [Double](repeating: 0, count: geometry.weightCount)
    for image in 0..<count {
      for output in 0..<to.channels {
        let slopes = dy + (image * to.channels + output) * to.height * to.width
        for channel in 0..<from.channels {
          let plane = (image * from.channels + channel) * from.height * from.width
          for p in (0..<k).reversed() {
            let rows = places(seenBy: p, of: from.height, to.height)
            for q in (0..<k).reversed() {
              let columns = places(seenBy: q, of: from.width, to.width)
              let weight = ((output * from.channels + channel) * k + p) * k + q
              var sum = dw[weight]
              for i in rows {
                let slope = slopes + i * to.width
                let first = plane + (i * stride + p - geometry.padding) * from.width + q - geometry.padding
                for j in columns { sum += Double(slope[j]) * Double(x[first + j * stride]) }
                guard let dx else { continue }
                for j in columns { dx[first + j * stride] += slope[j] * w[weight] }
              }
              dw[weight] = sum
            }
          }
        }
      }
    }
    for i in dw.indices { gradient[i] = Float(dw[i]) }
  }

  /// The rows, or columns, of y whose `tap`-th row, or column, of the kernel lies on x.
  private func places(seenBy tap: Int, of inputs: Int, _ outputs: Int) -> Range<Int> {
    // 0 ≤ place · stride + shift < inputs
    let shift = tap - geometry.padding
    let first = shift < 0 ? (-shift + geometry.stride - 1) / geometry.stride : 0
    let end = shift < inputs ? min(outputs, (inputs - shift - 1) / geometry.stride + 1) : 0
    return first..<max(first, end)
  }

  /// Calls `body` with the products that y at `place` is the sum of, a row of the kernel at a time: where its first x
  /// lies, where its first weight, and how many follow one another in both.
  @inline(__always)
  private func forEachRun(of place: Int, _ body: (_ input: Int, _ weight: Int, _ length: Int) -> Void) {
    let (from, to, k) = (geometry.input, geometry.output, geometry.kernel)
    let (j, i) = (place % to.width, place / to.width % to.height)
    let (output, image) = (place / (to.width * to.height) % to.channels, place / to.count)
    let (top, left) = (i * geometry.stride - geometry.padding, j * geometry.stride - geometry.padding)
    let rows = max(0, -top)..<max(max(0, -top), min(k, from.height - top))
    let columns = max(0, -left)..<max(max(0, -left), min(k, from.width - left))
    for channel in 0..<from.channels {
      let plane = (image * from.channels + channel) * from.height
      let filter = (output * from.channels + channel) * k
      for p in rows {
        let (x, w) = ((plane + top + p) * from.width + left, (filter + p) * k)
        body(x + columns.lowerBound, w + columns.lowerBound, columns.count)
      }
    }
  }
}
