import COptimiserSteps
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
  private let arithmetic: StepArithmetic
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
  package convenience init(
    _ rule: OptimiserRule, parameterCount: Int, noisyPlaces: [Int]? = nil, key: RandomKey
  ) {
    self.init(
      rule, parameterCount: parameterCount, noisyPlaces: noisyPlaces, key: key,
      arithmetic: step_fastest_arithmetic())
  }

  init(
    _ rule: OptimiserRule, parameterCount: Int, noisyPlaces: [Int]? = nil, key: RandomKey,
    arithmetic: StepArithmetic
  ) {
    self.rule = rule
    self.arithmetic = arithmetic
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

  /// The paths of this processor, the plainest first; all give the same bits.
  static var availableArithmetics: [StepArithmetic] {
    [StepArithmeticPortable, StepArithmeticAVX2].filter { $0.rawValue <= step_fastest_arithmetic().rawValue }
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
        inner.withUnsafeMutableBufferPointer { _ = $0.update(from: w) }
        first.withUnsafeMutableBufferPointer { _ = $0.update(from: w) }
      }
      inner.withUnsafeBufferPointer { inner in
        if let inner = inner.baseAddress { body(inner) }
      }
    } else if let w = w.baseAddress {
      body(UnsafePointer(w))
    }
  }

  /// Calls a body for slices that together are the first so many numbers; it may call it for several at once.
  package typealias Slices = (_ count: Int, _ body: @Sendable (Range<Int>) -> Void) -> Void

  /// One step of `w` by a gradient that was taken at ``withGradientPoint(_:_:)``, in the same order.
  ///
  /// - Parameter slices: goes over the numbers, but for Entropy-SGD; in one slice unless told otherwise. The bits do not
  ///   depend on them.
  package func apply(
    _ g: UnsafeMutableBufferPointer<Float>, to w: UnsafeMutableBufferPointer<Float>,
    slices: Slices = { count, body in body(0..<count) }
  ) {
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
        let numbers = Numbers(w: w.baseAddress, g: g.baseAddress, m: m.baseAddress, v: v.baseAddress)
        let (rule, steps, arithmetic) = (rule, steps, arithmetic)
        slices(w.count) { slice in
          Self.apply(
            rule, steps: steps, arithmetic, to: numbers.from(slice.lowerBound), count: Int64(slice.count))
        }
      }
    }
  }

  /// What the slices of one step share; each writes to its own part. m and v are nil where the rule keeps none.
  private struct Numbers: @unchecked Sendable {
    let w: UnsafeMutablePointer<Float>?
    let g: UnsafeMutablePointer<Float>?
    let m: UnsafeMutablePointer<Float>?
    let v: UnsafeMutablePointer<Float>?

    func from(_ start: Int) -> Numbers {
      Numbers(
        w: w.map { $0 + start }, g: g.map { $0 + start }, m: m.map { $0 + start }, v: v.map { $0 + start })
    }
  }

  private static func apply(
    _ rule: OptimiserRule, steps: Int, _ arithmetic: StepArithmetic, to numbers: Numbers, count: Int64
  ) {
    let (w, g, m, v) = (numbers.w, numbers.g, numbers.m, numbers.v)
    switch rule {
    case .sgd(let rate):
      step_plain(arithmetic, count, w, g, Float(rate))
    case .momentum(let rate, let momentum):
      step_momentum(arithmetic, count, w, g, m, Float(rate), Float(momentum))
    case .adam(let rate, let beta1, let beta2, let epsilon):
      let corrected = rate * (1 - power(beta2, steps)).squareRoot() / (1 - power(beta1, steps))
      step_adam(
        arithmetic, count, w, g, m, v, Float(corrected), 1 - Float(beta1), 1 - Float(beta2), Float(epsilon))
    case .adagrad(let rate, _):
      step_adagrad(arithmetic, count, w, g, v, Float(rate))
    case .rmsprop(let rate, let decay, let epsilon):
      step_rmsprop(arithmetic, count, w, g, v, Float(rate), 1 - Float(decay), Float(epsilon))
    case .entropySGD: preconditionFailure("expected a rule without an inner loop")
    }
  }

  private func langevin(
    _ w: UnsafeMutableBufferPointer<Float>, _ g: UnsafeMutableBufferPointer<Float>,
    mean: UnsafeMutableBufferPointer<Float>, _ rate: Float, _ scope: Float, _ averaging: Float,
    deviation: Float
  ) {
    if deviation > 0 { drawNoise() }
    inner.withUnsafeMutableBufferPointer { inner in
      noiseAtPlaces.withUnsafeBufferPointer { noise in
        step_langevin(
          arithmetic, Int64(w.count), inner.baseAddress, w.baseAddress, g.baseAddress, noise.baseAddress,
          mean.baseAddress, rate, scope, deviation, averaging)
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
