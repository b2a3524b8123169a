import Figures
import ReportDocuments
import Testing

@testable import Reporting

@Suite("The drawing of an interval")
struct IntervalPlotTests {
  private func plot(
    _ value: Double, _ interval: ClosedRange<Double>?, statistic: StatisticName = .pearson,
    claimLow: Double = 0
  ) -> IntervalPlot? {
    let row = StatisticRow(
      id: "r", panel: "a", panelTitle: "", quantities: "", statistic: statistic,
      estimate: .measured(value: value, interval: interval, pValue: nil), n: 9)
    var other = row
    other.estimate = .measured(value: claimLow, interval: nil, pValue: nil)
    let claim = ClaimVerdict(
      name: "c", statement: "", rule: "", figure: "f", statistics: ["r", "o"], verdict: .holds)
    let scale = IntervalPlot.Scale(claims: [claim], statistics: ["r": row, "o": other])
    return IntervalPlot(row, threshold: 0.5, scale: scale)
  }

  @Test("maps [0, 1] onto the axis, 164 units long from 8")
  func positiveScale() throws {
    let drawn = try #require(plot(0.75, 0.5...1))
    #expect(drawn.axisStart == "0")
    #expect(Double(drawn.value) == 131)  // 8 + 0.75 · 164
    #expect(Double(drawn.lower) == 90)
    #expect(Double(drawn.width) == 82)
    #expect(drawn.threshold.flatMap(Double.init) == 90)
  }

  @Test("maps [−1, 1] where any statistic of the claim is negative")
  func symmetricScale() throws {
    let drawn = try #require(plot(0.75, 0.5...1, claimLow: -0.1))
    #expect(drawn.axisStart == "−1")
    #expect(Double(drawn.value) == 151.5)  // 8 + 164 · 1.75 / 2
    #expect(Double(drawn.lower) == 131)
    #expect(Double(drawn.width) == 41)
  }

  @Test("draws nothing without an interval, and nothing that is not a correlation")
  func nothing() {
    #expect(plot(0.75, nil) == nil)
    #expect(plot(0.75, 0.5...1, statistic: .pearsonDifference) == nil)
  }
}
