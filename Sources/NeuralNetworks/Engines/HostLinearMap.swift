/// A linear layer with one output, in the host's memory: z[n] = b + Σⱼ w[j] · x[n, j], with the sum taken in
/// order.
///
/// For engines whose library would sum in an order of its own. `weights` holds w and then b.
package struct HostLinearMap {
  private let inputs: Int

  /// A map of so many inputs to one output.
  package init(inputs: Int) { self.inputs = inputs }

  /// z of `count` rows of x.
  package func forward(
    _ x: UnsafePointer<Float>, count: Int, weights: UnsafePointer<Float>, into z: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<count {
      var sum = weights[inputs]
      for j in 0..<inputs { sum += weights[j] * x[i * inputs + j] }
      z[i] = sum
    }
  }

  /// The derivatives by x, and the gradient of w and b, from the derivatives `dz` by z.
  package func backward(
    _ dz: UnsafePointer<Float>, x: UnsafePointer<Float>, count: Int, weights: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    for j in 0...inputs { gradient[j] = 0 }
    for i in 0..<count {
      for j in 0..<inputs {
        gradient[j] += dz[i] * x[i * inputs + j]
        dx[i * inputs + j] = dz[i] * weights[j]
      }
      gradient[inputs] += dz[i]
    }
  }
}
