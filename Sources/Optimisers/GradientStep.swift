import CSquareRoot
package import RandomStreams

/// The steps of one training by one rule, in the host's memory, with the arrays that the rule keeps from step
/// to step.
///
/// A class because it owns those arrays; made once, no step allocates. A step is one pass over the weights,
/// their gradient and the rule's arrays.
package final class GradientStep {
  /// The rule of each step.
  package let rule: OptimiserRule
  private var steps: Int
  private var innerSteps: Int
  private var first: [Float]
  private var second: [Float]
  private var inner: [Float]
  private let noise: NormalGroups
  private let noisyPlaces: [Int]
  /// The normals of a step, in whole groups; empty for rules without noise.
  private var normals: [Float]
  /// ξ at each place; zero at places without noise.
  private var noiseAtPlaces: [Float]

  /// The steps of a training at its beginning.
  ///
  /// - Parameters:
  ///   - parameterCount: the length of the arrays that will be stepped.
  ///   - noisyPlaces: where the Langevin noise goes, number after number; all places in order where it is nil.
  ///   - key: of the training; the Langevin noise has a stream of its own.
  package init(_ rule: OptimiserRule, parameterCount: Int, noisyPlaces: [Int]? = nil, key: RandomKey) {
    self.rule = rule
    self.noisyPlaces = noisyPlaces ?? Array(0..<parameterCount)
    let start = OptimiserMemory(atStartOf: rule, parameterCount: parameterCount)
    (steps, innerSteps) = (start.steps, start.innerSteps)
    (first, second, inner) = (start.first, start.second, start.inner)
    noise = NormalGroups(key.split("langevin"))
    let group = NormalGroups.groupSize
    let count = inner.isEmpty ? 0 : (self.noisyPlaces.count + group - 1) / group * group
    normals = [Float](repeating: 0, count: count)
    noiseAtPlaces = inner.map { _ in 0 }
  }

  /// What the rule keeps from step to step, ordered as the weights.
  package var memory: OptimiserMemory {
    OptimiserMemory(steps: steps, innerSteps: innerSteps, first: first, second: second, inner: inner)
  }

  /// Resumes from `memory`, which another training by the same rule over as many weights left; before the
  /// first step.
  package func resume(_ memory: OptimiserMemory) {
    precondition(steps == 0, "expected no step yet, got \(steps)")
    let counts = [memory.first, memory.second, memory.inner].map(\.count)
    precondition(
      counts == [first, second, inner].map(\.count),
      "expected arrays of \([first, second, inner].map(\.count)) numbers, got \(counts)")
    (steps, innerSteps) = (memory.steps, memory.innerSteps)
    (first, second, inner) = (memory.first, memory.second, memory.inner)
  }

  /// Makes the next step the first of its inner loop, where the rule has one: after the weights were changed
  /// from outside, w' and μ of Entropy-SGD would pull them back.
  package func restartInnerLoop() { innerSteps = 0 }

  /// Calls `body` with the point at which the next gradient is due: the weights `w`, or w' of Entropy-SGD.
  package func withGradientPoint(
    _ w: UnsafeMutableBufferPointer<Float>, _ body: (UnsafePointer<Float>) -> Void
  ) {
    if case .entropySGD = rule {
      if innerSteps == 0 {
        for i in w.indices { (inner[i], first[i]) = (w[i], w[i]) }
      }
      inner.withUnsafeBufferPointer { inner in
        if let inner = inner.baseAddress { body(inner) }
      }
    } else if let w = w.baseAddress {
      body(UnsafePointer(w))
    }
  }

  /// One step of `w` by a gradient that was taken at ``withGradientPoint(_:_:)``, in the same order.
  package func apply(_ g: UnsafeMutableBufferPointer<Float>, to w: UnsafeMutableBufferPointer<Float>) {
    steps += 1
    if case .entropySGD(let rate, let count, let scope, let innerRate, let thermal, let averaging) = rule {
      first.withUnsafeMutableBufferPointer { mean in
        langevin(
          w, g, mean: mean, Float(innerRate), Float(scope), Float(averaging),
          deviation: Float(innerRate.squareRoot() * thermal))
        innerSteps += 1
        guard innerSteps == count else { return }
        innerSteps = 0
        for i in w.indices { w[i] -= Float(rate) * (w[i] - mean[i]) }
      }
      return
    }
    first.withUnsafeMutableBufferPointer { m in
      second.withUnsafeMutableBufferPointer { v in
        // Addresses that are constants, and a root without a side effect, make these loops vector
        // instructions.
        guard let g = g.baseAddress, let start = w.baseAddress else { return }
        apply(g, to: start, count: w.count, m: m.baseAddress, v: v.baseAddress)
      }
    }
  }

  private func apply(
    _ g: UnsafePointer<Float>, to w: UnsafeMutablePointer<Float>, count: Int,
    m: UnsafeMutablePointer<Float>?, v: UnsafeMutablePointer<Float>?
  ) {
    switch rule {
    case .sgd(let rate):
      let rate = Float(rate)
      for i in 0..<count { w[i] -= rate * g[i] }
    case .momentum(let rate, let momentum):
      guard let m else { return }
      let (rate, momentum) = (Float(rate), Float(momentum))
      for i in 0..<count {
        m[i] = Self.flushed(momentum * m[i] + g[i])
        w[i] -= rate * m[i]
      }
    case .adam(let rate, let beta1, let beta2, let epsilon):
      guard let m, let v else { return }
      let corrected = Float(
        rate * (1 - Self.power(beta2, steps)).squareRoot() / (1 - Self.power(beta1, steps)))
      let (beta1, beta2, epsilon) = (Float(beta1), Float(beta2), Float(epsilon))
      for i in 0..<count {
        m[i] = Self.flushed(m[i] + (1 - beta1) * (g[i] - m[i]))
        v[i] = Self.flushed(v[i] + (1 - beta2) * (g[i] * g[i] - v[i]))
        w[i] -= corrected * m[i] / (vectorisableSquareRoot(v[i]) + epsilon)
      }
    case .adagrad(let rate, _):
      guard let v else { return }
      let rate = Float(rate)
      for i in 0..<count {
        v[i] += g[i] * g[i]
        // An accumulator that starts at 0 has 0/0 where no gradient came yet.
        w[i] -= v[i] != 0 ? rate * g[i] / vectorisableSquareRoot(v[i]) : 0
      }
    case .rmsprop(let rate, let decay, let epsilon):
      guard let v else { return }
      let (rate, decay, epsilon) = (Float(rate), Float(decay), Float(epsilon))
      for i in 0..<count {
        v[i] = Self.flushed(v[i] + (1 - decay) * (g[i] * g[i] - v[i]))
        w[i] -= rate * g[i] / vectorisableSquareRoot(v[i] + epsilon)
      }
    case .entropySGD: preconditionFailure("expected a rule without an inner loop")
    }
  }

  /// `mean`, or 0 where it is subnormal.
  ///
  /// Where g stays 0, as in the weights of a unit that is off on every image, a running mean of it sinks to
  /// subnormal numbers and stays among them, and each operation on those costs a hundred times as much. A
  /// step of such a mean is below 1e-30, and rounds to none.
  @inline(__always) private static func flushed(_ mean: Float) -> Float {
    abs(mean) < .leastNormalMagnitude ? 0 : mean
  }

  private func langevin(
    _ w: UnsafeMutableBufferPointer<Float>, _ g: UnsafeMutableBufferPointer<Float>,
    mean: UnsafeMutableBufferPointer<Float>, _ rate: Float, _ scope: Float, _ averaging: Float,
    deviation: Float
  ) {
    if deviation > 0 { drawNoise() }
    inner.withUnsafeMutableBufferPointer { inner in
      noiseAtPlaces.withUnsafeBufferPointer { noise in
        // Addresses that are constants make this loop vector instructions.
        guard let inner = inner.baseAddress, let noise = noise.baseAddress, let mean = mean.baseAddress,
          let g = g.baseAddress, let start = w.baseAddress
        else { return }
        for i in 0..<w.count {
          let next = inner[i] - rate * (g[i] - scope * (start[i] - inner[i])) + deviation * noise[i]
          inner[i] = next
          mean[i] += averaging * (next - mean[i])
        }
      }
    }
  }

  /// ξ of step number `steps`, counted from 1.
  private func drawNoise() {
    normals.withUnsafeMutableBufferPointer { normals in
      noise.fill(normals, firstGroup: (steps - 1) * (normals.count / NormalGroups.groupSize))
      noiseAtPlaces.withUnsafeMutableBufferPointer { noise in
        for (number, place) in noisyPlaces.enumerated() { noise[place] = normals[number] }
      }
    }
  }

  /// x to a whole power, by repeated squaring: the same bits everywhere.
  private static func power(_ x: Double, _ exponent: Int) -> Double {
    var (result, base, rest) = (1.0, x, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= base }
      base *= base
      rest >>= 1
    }
    return result
  }
}
