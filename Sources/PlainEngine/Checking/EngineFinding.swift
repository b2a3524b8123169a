/// How far an engine is from plain loops in one quantity.
package struct EngineFinding: Encodable, Sendable {
  /// What was compared.
  package let quantity: String
  /// The largest deviation; infinite where one of both is no number.
  package let deviation: Double
  /// What the deviation is relative to.
  package let relativeTo: String
  /// The largest deviation that rounding explains.
  package let tolerance: Double

  /// Whether the engine does what plain loops do.
  package var isSound: Bool { deviation <= tolerance }

  private enum CodingKeys: CodingKey { case quantity, deviation, relativeTo, tolerance, isSound }

  /// JSON has no infinity: an infinite deviation is null.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(quantity, forKey: .quantity)
    try container.encode(deviation.isFinite ? deviation : nil, forKey: .deviation)
    try container.encode(relativeTo, forKey: .relativeTo)
    try container.encode(tolerance, forKey: .tolerance)
    try container.encode(isSound, forKey: .isSound)
  }
}

extension EngineFinding {
  /// Numbers beside others, each relative to its own size, or to 1 where it is smaller.
  init(_ quantity: String, _ ours: [Double], _ theirs: [Double], tolerance: Double) {
    let deviation = Self.largest(
      zip(ours, theirs).map { abs($0 - $1) / max(1, abs($1)) }, isComplete: ours.count == theirs.count)
    self.init(
      quantity: quantity, deviation: deviation, relativeTo: "each value, or 1", tolerance: tolerance)
  }

  init(_ quantity: String, _ ours: [Float], _ theirs: [Float], tolerance: Double) {
    self.init(quantity, ours.map(Double.init), theirs.map(Double.init), tolerance: tolerance)
  }

  /// ‖ours − theirs‖/‖scale‖ of the tensor where that is largest, in the Euclidean norm; arrays in the program's order.
  ///
  /// 10⁻⁷ (1 + ‖theirs‖), the rounding of the numbers themselves, is within the tolerance of every tensor.
  static func deviation(
    _ ours: [Float], _ theirs: [Float], tensors: [Int], scale: [Float], tolerance: Double
  ) -> Double {
    if ours.isEmpty && theirs.isEmpty { return 0 }
    guard ours.count == theirs.count, theirs.count == scale.count else { return .infinity }
    var start = 0
    let deviations = tensors.map { count in
      let range = start..<start + count
      start += count
      func norm(_ value: (Int) -> Double) -> Double {
        range.reduce(0) { $0 + value($1) * value($1) }.squareRoot()
      }
      let rounding = 1e-7 * (1 + norm { Double(theirs[$0]) })
      return norm { Double(ours[$0]) - Double(theirs[$0]) }
        / (norm { Double(scale[$0]) } + rounding / tolerance)
    }
    return largest(deviations, isComplete: true)
  }

  /// Infinite where one is no number, or some are missing.
  static func largest(_ deviations: [Double], isComplete: Bool) -> Double {
    isComplete && deviations.allSatisfy(\.isFinite) ? deviations.max() ?? 0 : .infinity
  }
}
