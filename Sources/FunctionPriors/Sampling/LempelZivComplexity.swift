/// How hard the outputs of a function are to compress, by the number of words of Lempel and Ziv's parsing
/// (1976).
///
/// K(f) = log₂ N · (w(x₁…x_N) + w(x_N…x₁))/2 for the outputs x₁…x_N in order, with w the words of the
/// parsing; log₂ N for the two constant functions. Dingle, Camargo & Louis (2018), as in Valle-Pérez et al.
/// (2018).
package enum LempelZivComplexity {
  /// K of a function on `inputs` inputs, a power of two, in bits; N ≤ 128 steps of a few instructions each
  /// way.
  package static func bits(_ function: BooleanFunction, inputs: Int) -> Double {
    bits(words: words(function, inputs: inputs), inputs: inputs)
  }

  /// K for so many words both ways.
  static func bits(words: Int, inputs: Int) -> Double {
    Double(inputs.trailingZeroBitCount) * Double(words) / 2
  }

  /// The words both ways together; 2 for the constant functions.
  static func words(_ function: BooleanFunction, inputs: Int) -> Int {
    let word = function.word
    let all: UInt128 = inputs == 128 ? .max : 1 << UInt128(inputs) - 1
    if word == 0 || word == all { return 2 }
    return words(of: word, length: inputs) + words(of: reversed(word, length: inputs), length: inputs)
  }

  /// The words of the parsing of bits 0 to `length` − 1: each is the shortest piece that does not begin at an
  /// earlier place already; the last one may be cut short.
  private static func words(of bits: UInt128, length: Int) -> Int {
    var words = 0
    var start = 0
    while start < length {
      // The places before the word at which as much of it as was read begins.
      var places: UInt128 = (1 << UInt128(start)) - 1
      var shifted = bits
      var next = start
      while next < length {
        places &= bits >> UInt128(next) & 1 == 1 ? shifted : ~shifted
        if places == 0 { break }
        shifted >>= 1
        next += 1
      }
      words += 1
      start = next + 1
    }
    return words
  }

  private static func reversed(_ bits: UInt128, length: Int) -> UInt128 {
    func reversed(_ word: UInt64) -> UInt64 {
      var x = word
      x = (x >> 1) & 0x5555_5555_5555_5555 | (x & 0x5555_5555_5555_5555) << 1
      x = (x >> 2) & 0x3333_3333_3333_3333 | (x & 0x3333_3333_3333_3333) << 2
      x = (x >> 4) & 0x0F0F_0F0F_0F0F_0F0F | (x & 0x0F0F_0F0F_0F0F_0F0F) << 4
      return x.byteSwapped
    }
    let low = UInt64(truncatingIfNeeded: bits)
    let high = UInt64(truncatingIfNeeded: bits >> 64)
    return (UInt128(reversed(low)) << 64 | UInt128(reversed(high))) >> UInt128(128 - length)
  }
}
