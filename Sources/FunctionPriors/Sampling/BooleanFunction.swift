/// A function of up to seven Boolean variables: its output on every input, as one word of up to 128 bits.
///
/// Bit i is the output on input i, and variable j of n is bit n − 1 − j of i: the outputs in the order in
/// which a truth table lists its inputs.
package struct BooleanFunction: Hashable, Sendable {
  /// The outputs on inputs 0 to 63, the first one lowest.
  package var low: UInt64
  /// The outputs on inputs 64 to 127.
  package var high: UInt64

  /// A function from its two words.
  package init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// A function from its outputs, each 0 or 1, at most 128.
  package init(outputs: [UInt8]) {
    precondition(outputs.count <= 128, "expected at most 128 outputs, got \(outputs.count)")
    var word: UInt128 = 0
    for (input, output) in outputs.enumerated() where output != 0 { word |= 1 << UInt128(input) }
    self.init(word)
  }

  init(_ word: UInt128) {
    self.init(low: UInt64(truncatingIfNeeded: word), high: UInt64(truncatingIfNeeded: word >> 64))
  }

  /// All outputs as one number.
  var word: UInt128 { UInt128(high) << 64 | UInt128(low) }

  /// The outputs on inputs 0 up to, not including, `count`, each 0 or 1.
  package func outputs(_ count: Int) -> [UInt8] {
    let word = self.word
    return (0..<count).map { UInt8(truncatingIfNeeded: word >> UInt128($0)) & 1 }
  }

  /// The truth table in hexadecimal digits, four inputs each, the lowest input in a digit's highest bit, so
  /// that its binary digits are the outputs in order. Unused bits of the last digit are 0.
  package func hexadecimal(inputs count: Int) -> String {
    let outputs = outputs(count)
    return stride(from: 0, to: count, by: 4).map { start in
      let digit = (start..<start + 4).reduce(0) { $0 << 1 | ($1 < count ? Int(outputs[$1]) : 0) }
      return String(digit, radix: 16)
    }.joined()
  }

  /// The function on `count` inputs with this truth table, as ``hexadecimal(inputs:)`` writes it; nil for any
  /// other text.
  package init?(hexadecimal text: String, inputs count: Int) {
    let digits = Array("0123456789abcdef")
    var outputs: [UInt8] = []
    for character in text {
      guard let digit = digits.firstIndex(of: character), outputs.count < count else { return nil }
      outputs += [3, 2, 1, 0].map { UInt8(digit >> $0 & 1) }
    }
    guard outputs.count == (count + 3) / 4 * 4, outputs[count...].allSatisfy({ $0 == 0 }) else { return nil }
    self.init(outputs: Array(outputs[..<count]))
  }
}

/// The order of the truth tables as numbers. It has no meaning; it breaks ties the same way everywhere.
extension BooleanFunction: Comparable {
  /// Compares the higher words, then the lower ones.
  package static func < (one: BooleanFunction, other: BooleanFunction) -> Bool {
    one.high != other.high ? one.high < other.high : one.low < other.low
  }
}
