import Foundation
import TestSupport
import Testing

@testable import RandomStreams

@Suite("Normals in groups")
struct NormalGroupsTests {
  private func normals(_ source: NormalGroups, firstGroup: Int, groups: Int) -> [Float] {
    var values = [Float](repeating: .nan, count: 64 * groups)
    values.withUnsafeMutableBufferPointer { source.fill($0, firstGroup: firstGroup) }
    return values
  }

  @Test(
    "they are those of Box and Muller in Float64, to a few roundings",
    // The last ones are beyond the counter's lower word.
    arguments: [0, 1, 77, 1 << 28 - 1, 1 << 28, 1 << 40])
  func values(group: Int) {
    let key = RandomKey(seed: 3).split("normals")
    let found = normals(NormalGroups(key), firstGroup: group, groups: 1)
    for (ours, expected) in zip(found, PlainNormals.group(group, of: key)) {
      // Near a radius of 0, ln u is as coarse as u near 1: 2^-24 of it, so the radius is as coarse as 3.5e-4.
      #expect(
        abs(Double(ours) - expected) <= 3e-6
          || abs(expected) < 5e-3 && abs(Double(ours) - expected) < 4e-4)
    }
  }

  @Test("every instruction set gives the same bits, and a group is the same whatever is drawn with it")
  func bits() {
    let key = RandomKey(seed: 4)
    let expected = normals(NormalGroups(key), firstGroup: 5, groups: 40).map(\.bitPattern)
    for arithmetic in NormalGroups.availableArithmetics {
      let source = NormalGroups(key, arithmetic: arithmetic)
      #expect(normals(source, firstGroup: 5, groups: 40).map(\.bitPattern) == expected)
      #expect(normals(source, firstGroup: 44, groups: 1).map(\.bitPattern) == Array(expected.suffix(64)))
    }
  }

  @Test("mean, variance and fourth moment are those of the standard normal")
  func moments() {
    let values = normals(NormalGroups(RandomKey(seed: 5)), firstGroup: 0, groups: 4000).map(Double.init)
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let second = values.reduce(0) { $0 + $1 * $1 } / n
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
    // Five standard errors: the variances of x, x² and x⁴ are 1, 2 and 96.
    #expect(abs(mean) < 5 / n.squareRoot())
    #expect(abs(second - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(fourth - 3) < 5 * (96 / n).squareRoot())
  }
}
