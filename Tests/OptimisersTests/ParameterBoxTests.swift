import Testing

@testable import Optimisers

@Suite("The box of an ascent")
struct ParameterBoxTests {
  @Test(
    "on every path a parameter goes to the nearest point of the box, and a NaN stays",
    arguments: [0, 0.01, 0.5])
  func clips(zeta: Double) {
    // More than two vectors, and a rest.
    let centre = (0..<37).map { Float(($0 * 7) % 19 - 9) / 4 }
    let moves: [Float] = [0, 0.004, -0.004, 0.3, -0.3, 9, -9, .infinity, -.infinity, .nan]
    for arithmetic in GradientStep.availableArithmetics {
      let box = ParameterBox(around: centre, halfWidth: zeta, arithmetic: arithmetic)
      for shift in moves.indices {
        let move = centre.indices.map { moves[($0 + shift) % moves.count] }
        let expected = zip(centre, move).map { w, move -> Float in
          if move.isNaN { return .nan }
          let halfWidth = Float(zeta) * (abs(w) + 1)
          return min(max(w + 2 * move, w - halfWidth), w + halfWidth)
        }
        var clipped = zip(centre, move).map { $0 + 2 * $1 }
        clipped.withUnsafeMutableBufferPointer { box.clip($0) }
        #expect(same(clipped, expected))
        var (climbed, gradient) = (centre, move)
        climbed.withUnsafeMutableBufferPointer { w in
          gradient.withUnsafeMutableBufferPointer { g in
            for slice in [20..<37, 0..<20] { box.climb(w, by: g, rate: 2, in: slice) }
          }
        }
        #expect(same(climbed, expected))
      }
    }
  }

  private func same(_ x: [Float], _ y: [Float]) -> Bool {
    zip(x, y).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
  }
}
