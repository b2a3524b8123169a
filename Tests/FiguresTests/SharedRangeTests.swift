import Plotting
import Testing

@testable import Figures

@Suite("One range for panels of the same quantity")
struct SharedRangeTests {
  @Test("panels of one quantity and one group of runs have the same vertical axis, the same as drawn")
  func sameAxis() throws {
    let result = try SampleRecords.result(SampleRecords.six)
    let chart = try #require(result.picture as? Chart)
    let limits = chart.panels.compactMap { panel -> Axis.Limits? in
      if case .plot(let plot) = panel.content { plot.y.limits } else { nil }
    }
    try #require(limits.count == 2)
    #expect(limits[0] == limits[1])
    guard case .fixed(let range) = limits[0] else {
      Issue.record("the range is not fixed: \(limits[0])")
      return
    }
    // The sample's accuracies run from 53 % to 86 %, with 5 % of that free at each end.
    #expect(range.lowerBound <= 53 - 0.05 * 33 + 1e-9)
    #expect(range.upperBound >= 86 + 0.05 * 33 - 1e-9)
  }

  @Test("a free corner in every panel leaves the padded extent as it is")
  func free() throws {
    let rising = (0...10).map { (x: Double($0), y: Double($0 * $0)) }
    let range = SharedRange(panels: [[(0, 0), (10, 100), (9.5, 90)], [(0, 0), (10, 100)]]).limits
    #expect(range == -5...105)
    // On a parabola the upper left corner is free but for the points at its right end.
    let stretched = try #require(SharedRange(panels: [rising]).limits)
    #expect(stretched.lowerBound == -5)
    #expect(stretched.upperBound >= 105)
  }

  @Test("where the horizontal range is shared, it is that of all panels, and so are the places in it")
  func horizontal() throws {
    let panels: [[(x: Double, y: Double)]] = [[(0, 0), (10, 100)], [(20, 0), (40, 100)]]
    #expect(SharedRange(panels: panels).horizontalLimits == nil)
    let shared = SharedRange(panels: panels, sharesHorizontal: true)
    #expect(shared.horizontalLimits == -2...42)
    // Points in all corners of their own panel stand at the left of the shared range, whose right corners are free.
    let crowded: [[(x: Double, y: Double)]] = [[(0, 0), (1, 0), (1, 100), (0, 100)], [(40, 50), (30, 50)]]
    let own = try #require(SharedRange(panels: [crowded[0]]).limits)
    let common = try #require(SharedRange(panels: crowded, sharesHorizontal: true).limits)
    #expect(common == -5...105)
    #expect(own.lowerBound < -5 || own.upperBound > 105)
  }

  @Test("points everywhere make room for the text, on one side only")
  func crowded() throws {
    let grid = (0...10).flatMap { x in (0...10).map { (x: Double(x), y: Double($0)) } }
    let range = try #require(SharedRange(panels: [grid, [(0, 0), (10, 10)]]).limits)
    // The lowest points stand 5/110 up; they are to stand at the text's height of what the range becomes.
    let lowest = (0 - range.lowerBound) / (range.upperBound - range.lowerBound)
    #expect(abs(lowest - SharedRange.textHeight) < 1e-12)
    #expect(range.upperBound == 10.5)
    // A note below the text takes room of its own.
    let noted = try #require(SharedRange(panels: [grid], hasNote: true).limits)
    let above = (0 - noted.lowerBound) / (noted.upperBound - noted.lowerBound)
    #expect(abs(above - SharedRange.textHeight - SharedRange.noteHeight) < 1e-12)
  }

  @Test("without two different values there is nothing to share")
  func none() {
    #expect(SharedRange(panels: [[], []]).limits == nil)
    #expect(SharedRange(panels: [[(1, 2)], [(3, 2)]]).limits == nil)
  }
}
