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
    let to = geometry.output
    for place in 0..<count * to.count {
      var sum = 0.0
      forEachTerm(of: place) { from, weight in sum += Double(w[weight]) * Double(x[from]) }
      y[place] = Float(sum)
    }
  }

  /// Adds the derivatives by x, where they are wanted, and takes the gradient of w, from the derivatives by
  /// y.
  func backward(
    _ dy: UnsafePointer<Float>, input x: UnsafePointer<Float>, count: Int, weights w: UnsafePointer<Float>,
    addingTo dx: UnsafeMutablePointer<Float>?, gradient: UnsafeMutablePointer<Float>
  ) {
    var dw = [Double](repeating: 0, count: geometry.weightCount)
    dw.withUnsafeMutableBufferPointer { dw in
      for place in 0..<count * geometry.output.count where dy[place] != 0 {
        forEachTerm(of: place) { from, weight in
          dw[weight] += Double(dy[place]) * Double(x[from])
          if let dx { dx[from] += dy[place] * w[weight] }
        }
      }
      for i in dw.indices { gradient[i] = Float(dw[i]) }
    }
  }

  /// Calls `body` with each product that y at `place` is the sum of: where its x lies, and where its weight.
  @inline(__always)
  private func forEachTerm(of place: Int, _ body: (_ input: Int, _ weight: Int) -> Void) {
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
        for q in columns { body((plane + top + p) * from.width + left + q, (filter + p) * k + q) }
      }
    }
  }
}
