import Testing

@testable import FunctionPriors

struct NormalTailTests {
  struct Row: Decodable {
    let z, logProbability, ratio, shiftedRatio, removedVariance, remainingVariance: Double
  }
  struct Table: Decodable { let rows: [Row] }

  @Test("the truncated normal's moments agree with 60-digit values from z = −1000 to 10")
  func storedValues() throws {
    for row in try Oracle.decode(Table.self, from: "normal_tail.json").rows {
      let tail = NormalTail(row.z)
      // Just above the switch at −2 the direct form loses a factor t⁴ = 16 of a few units of 2e-16; the
      // stored values are themselves rounded.
      #expect(isClose(tail.logProbability, row.logProbability, relative: 1e-14), "log Φ(\(row.z))")
      #expect(isClose(tail.ratio, row.ratio, relative: 1e-14), "r(\(row.z))")
      #expect(isClose(tail.shiftedRatio, row.shiftedRatio, relative: 5e-14), "z + r at \(row.z)")
      #expect(isClose(tail.removedVariance, row.removedVariance, relative: 5e-14), "q(\(row.z))")
      #expect(isClose(tail.remainingVariance, row.remainingVariance, relative: 5e-14), "1 − q(\(row.z))")
    }
  }

  private func isClose(_ value: Double, _ expected: Double, relative: Double) -> Bool {
    abs(value - expected) <= relative * abs(expected)
  }
}
