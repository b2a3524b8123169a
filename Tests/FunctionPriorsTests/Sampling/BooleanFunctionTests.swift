import RandomStreams
import Testing

@testable import FunctionPriors

@Suite("Boolean functions")
struct BooleanFunctionTests {
  @Test("a truth table reads the same in bits and in hexadecimal digits")
  func text() throws {
    let function = BooleanFunction(outputs: [1, 0, 0, 0, 0, 1, 1, 1])
    #expect(function.low == 0b1110_0001 && function.high == 0)
    #expect(function.hexadecimal(inputs: 8) == "87")
    #expect(function.outputs(8) == [1, 0, 0, 0, 0, 1, 1, 1])
    #expect(BooleanFunction(outputs: [0, 1]).hexadecimal(inputs: 2) == "4")
    var stream = RandomStream(RandomKey(seed: 1))
    for _ in 0..<50 {
      let function = BooleanFunction(low: stream.next(), high: stream.next())
      #expect(BooleanFunction(hexadecimal: function.hexadecimal(inputs: 128), inputs: 128) == function)
      #expect(BooleanFunction(outputs: function.outputs(128)) == function)
    }
    #expect(BooleanFunction(hexadecimal: "4", inputs: 2) == BooleanFunction(outputs: [0, 1]))
    for (text, inputs) in [("xy", 8), ("", 8), ("8", 8), ("877", 8), ("8F", 8), ("1", 2), ("8 ", 8)] {
      #expect(BooleanFunction(hexadecimal: text, inputs: inputs) == nil, "\(text)")
    }
  }

  /// Lempel and Ziv's parsing by searching text.
  private func plainWords(_ bits: [UInt8]) -> Int {
    let text = bits.map(String.init).joined()
    var words = 0
    var start = text.startIndex
    while start < text.endIndex {
      var end = text.index(after: start)
      // The longest piece that also begins earlier; the next letter ends the word.
      while end < text.endIndex, text[text.startIndex..<text.index(before: end)].contains(text[start..<end]) {
        end = text.index(after: end)
      }
      words += 1
      start = end
    }
    return words
  }

  @Test("the complexity is that of a plain search for earlier pieces")
  func plainComplexity() {
    var stream = RandomStream(RandomKey(seed: 2))
    for trial in 0..<40 {
      // From sparse words to random ones.
      let mask = trial % 4 == 0 ? UInt64.max : stream.next() & stream.next()
      let word = BooleanFunction(low: stream.next() & mask, high: stream.next() & stream.next())
      let variables = 3 + trial % 5
      let outputs = word.outputs(1 << variables)
      // Those have a complexity by definition, not by parsing.
      if Set(outputs).count == 1 { continue }
      let function = BooleanFunction(outputs: outputs)
      let words = plainWords(outputs) + plainWords(outputs.reversed())
      #expect(
        LempelZivComplexity.bits(function, inputs: 1 << variables) == Double(variables) * Double(words) / 2)
    }
  }

  @Test(
    "constant functions have the complexity log₂ N; 0001101001000101 has the words of Lempel and Ziv's example"
  )
  func knownComplexities() {
    #expect(LempelZivComplexity.bits(BooleanFunction(low: 0, high: 0), inputs: 128) == 7)
    #expect(LempelZivComplexity.bits(BooleanFunction(low: .max, high: .max), inputs: 128) == 7)
    #expect(LempelZivComplexity.bits(BooleanFunction(low: 0xFF, high: 0), inputs: 8) == 3)
    // 0 · 001 · 10 · 100 · 1000 · 101 (Lempel & Ziv 1976, §II).
    let example: [UInt8] = [0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1]
    #expect(plainWords(example) == 6)
    let words = LempelZivComplexity.words(BooleanFunction(outputs: example), inputs: 16)
    #expect(words == 6 + plainWords(example.reversed()))
  }
}
