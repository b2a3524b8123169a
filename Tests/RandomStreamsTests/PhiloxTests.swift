import Testing

@testable import RandomStreams

@Suite struct PhiloxTests {
  @Test("the known-answer vectors of the Random123 distribution come out")
  func knownAnswers() {
    #expect(
      Philox.block(counter: .zero, key: .zero)
        == SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
    #expect(
      Philox.block(counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max))
        == SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD))
    #expect(
      Philox.block(
        counter: SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
        key: SIMD2(0xA409_3822, 0x299F_31D0))
        == SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1))
  }

  @Test("the streams of one root differ, and each is the same again")
  func splitting() {
    let root = RandomKey(seed: 7)
    let keys = [
      root, root.split("a"), root.split("b"), root.split(0), root.split(1), root.split("a").split("b"),
    ]
    let firsts = keys.map { key in
      var stream = RandomStream(key)
      return stream.next()
    }
    #expect(Set(firsts).count == keys.count)
    var again = RandomStream(RandomKey(seed: 7).split("a").split("b"))
    #expect(again.next() == firsts[5])
  }

  @Test("integers below a bound are uniform by a chi-square test")
  func integers() {
    var stream = RandomStream(RandomKey(seed: 1))
    var counts = [Int](repeating: 0, count: 7)
    let draws = 70_000
    for _ in 0..<draws { counts[stream.nextInteger(below: 7)] += 1 }
    let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    // 6 degrees of freedom: beyond 32.7 with probability 1e-5 (SciPy chi2.isf).
    #expect(chiSquare < 32.7)
  }

  @Test("normals have the moments and the tails of N(0, 1)")
  func normals() {
    var stream = RandomStream(RandomKey(seed: 5).split("normals"))
    let n = 400_000
    var (sum, squares, fourth, beyondTwo) = (0.0, 0.0, 0.0, 0)
    for _ in 0..<n {
      let x = stream.nextNormal()
      sum += x
      squares += x * x
      fourth += x * x * x * x
      if abs(x) > 2 { beyondTwo += 1 }
    }
    let size = Double(n)
    // Five standard errors each: var(x) = 1, var(x²) = 2, var(x⁴) = 96; P(|x| > 2) = 0.0455003.
    #expect(abs(sum / size) < 5 / size.squareRoot())
    #expect(abs(squares / size - 1) < 5 * (2 / size).squareRoot())
    #expect(abs(fourth / size - 3) < 5 * (96 / size).squareRoot())
    #expect(abs(Double(beyondTwo) / size - 0.0455003) < 5 * (0.0455 * 0.9545 / size).squareRoot())
  }

  @Test("a permutation holds each index once, and all orders of three come equally often")
  func permutations() {
    var stream = RandomStream(RandomKey(seed: 9))
    var counts: [[Int]: Int] = [:]
    for _ in 0..<60_000 { counts[stream.nextPermutation(of: 3), default: 0] += 1 }
    #expect(counts.count == 6)
    let deviation = (60_000 * 5 / 36.0).squareRoot()
    for count in counts.values { #expect(abs(Double(count) - 10_000) < 5 * deviation) }
    #expect(stream.nextPermutation(of: 100).sorted() == Array(0..<100))
  }
}
