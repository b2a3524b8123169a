import Testing

@testable import SpecReading

@Suite("The nearest name")
struct NearestNameTests {
  @Test(
    "the edit distance counts insertions, deletions, replacements and swaps",
    arguments: [
      ("", "", 0), ("abc", "", 3), ("", "ab", 2), ("kitten", "sitting", 3), ("ab", "ba", 1),
      ("sdg", "sgd", 1),
      ("ca", "abc", 3),
    ])
  func distances(one: String, other: String, expected: Int) {
    #expect(NearestName.distance(Array(one), Array(other)) == expected)
    #expect(NearestName.distance(Array(other), Array(one)) == expected)
  }

  @Test("case is no difference, the first of equals wins, and a stranger has no nearest name")
  func choice() {
    #expect(NearestName.of("LEARNINGRATE", among: ["batch", "learningRate"]) == "learningRate")
    #expect(NearestName.of("ac", among: ["ab", "aa"]) == "ab")
    #expect(NearestName.of("xyz", among: ["learningRate"]) == nil)
    #expect(NearestName.of("x", among: []) == nil)
    // One letter replaced by another leaves nothing of the name.
    #expect(NearestName.of("9", among: ["1", "3"]) == nil)
    #expect(NearestName.of("", among: ["1"]) == nil)
  }
}
