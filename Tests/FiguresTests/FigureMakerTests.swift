import Foundation
import Plotting
import RandomStreams
import RunStorage
import Statistics
import Testing

@testable import Figures

@Suite("Figures from records")
struct FigureMakerTests {
  private typealias Found = SampleRecords.Found

  private func estimate(_ result: FigureResult, _ id: String) throws -> Estimate {
    try #require(result.statistics.first { $0.id == id }, "\(id)").estimate
  }

  @Test("the statistics are those of the same numbers given to the statistics directly")
  func statistics() throws {
    let result = try SampleRecords.result(SampleRecords.six)
    let y = SampleRecords.six.map { 100 * $0.testAccuracy }
    let step = SampleRecords.six.compactMap(\.heaviside).map { $0 / log(10) }
    let probit = SampleRecords.six.compactMap(\.probit).map { $0 / log(10) }
    let flat = SampleRecords.six.compactMap(\.sharpness).map { -log10($0) }
    let key = RandomKey(seed: 1).split("statistics")
    let networks = result.records.map { "\($0.key) 0" }
    for (name, x) in [
      ("a.log10-prior-heaviside", step), ("a.log10-prior-probit", probit), ("d.flatness", flat),
    ] {
      let id = "fig3.\(name).generalization."
      let stream = (["spearman", String(name.dropFirst(2)), "generalization"] + networks).joined(
        separator: " ")
      #expect(try estimate(result, id + "pearson") == Estimate(Correlation.pearson(x, y)))
      #expect(
        try estimate(result, id + "spearman")
          == Estimate(Correlation.spearman(x, y, key: key.split(stream))))
      #expect(try estimate(result, id + "kendall") == Estimate(Correlation.kendallTauB(x, y)))
    }
    for (name, x) in [("heaviside", step), ("probit", probit)] {
      let id = "fig3.a.log10-prior-\(name).generalization."
      #expect(
        try estimate(result, id + "pearson-difference")
          == Estimate(
            PairedDifference.ofAbsolutePearson(
              prior: x, flatness: flat, generalization: y, key: key.split(id + "pearson-difference"))))
      #expect(
        try estimate(result, id + "spearman-difference")
          == Estimate(
            PairedDifference.ofSpearman(
              prior: x, flatness: flat, generalization: y, key: key.split(id + "spearman-difference"))))
    }
    #expect(result.statistics.count == 13)
    #expect(Set(result.statistics.map(\.id)).count == 13)
    #expect(result.statistics.allSatisfy { $0.n == 6 && $0.note == nil })
    guard
      case .measured(let r, _, _) = try estimate(
        result, "fig3.a.log10-prior-heaviside.generalization.pearson")
    else {
      Issue.record("Pearson r is unmeasured")
      return
    }
    // By numpy.corrcoef on the same twelve numbers.
    #expect(abs(r - 0.9993800726798479) < 1e-9)
  }

  @Test("runs that did not converge stand in the table and the picture, open, and in no statistic")
  func notConverged() throws {
    var found = SampleRecords.six
    found[2].status = .notConverged
    // Far off the line: were it counted, r would show it.
    found[2].heaviside = -1
    found[2].testAccuracy = 0.1
    let result = try SampleRecords.result(found)
    let others = [0, 1, 3, 4, 5].map { found[$0] }
    let expected = Correlation.pearson(
      others.compactMap(\.heaviside).map { $0 / log(10) }, others.map { 100 * $0.testAccuracy })
    #expect(
      try estimate(result, "fig3.a.log10-prior-heaviside.generalization.pearson") == Estimate(expected))
    #expect(result.statistics.allSatisfy { $0.n == 5 })
    #expect(result.statistics.allSatisfy { $0.note?.contains("without 1 of 6 runs") == true })
    #expect(result.tables.first?.csv.split(separator: "\n").count == 7)
    #expect(result.tables.first?.csv.contains("notConverged") == true)
    #expect(result.notes.contains { $0.contains("1 of 6 runs did not reach zero error") })
    let drawn = series(try plot(result, panel: 0))
    #expect(drawn.map(\.marker.isFilled) == [true, false])
    #expect(drawn.map(\.points.count) == [5, 1])
    #expect(drawn[1].points[0].y == 10)
    #expect(drawn[1].name == "not converged")
    #expect(result.altText.contains("5 networks"))
  }

  @Test("runs that diverged are counted in a note and in the table, and not drawn")
  func failed() throws {
    var found = SampleRecords.six
    found[5] = Found(status: .failed, loss: nil)
    let result = try SampleRecords.result(found)
    #expect(result.notes.contains { $0.contains("1 of 6 runs diverged") })
    #expect(result.tables.first?.csv.split(separator: "\n").count == 7)
    #expect(series(try plot(result, panel: 0)).map(\.points.count) == [5])
    #expect(result.records.count == 6)
  }

  @Test(
    "a value that is missing makes a statistic unmeasured with the number of such points, never a number of the others"
  )
  func missingValue() throws {
    for change: (inout Found) -> Void in [
      { $0.heaviside = nil }, { $0.heaviside = .nan }, { $0.heaviside = -.infinity },
      { $0.priorConverged = false },
    ] {
      var found = SampleRecords.six
      change(&found[3])
      let result = try SampleRecords.result(found)
      let id = "fig3.a.log10-prior-heaviside.generalization."
      for name in ["pearson", "spearman", "kendall", "pearson-difference", "spearman-difference"] {
        guard case .unmeasured(let reason) = try estimate(result, id + name) else {
          Issue.record("\(name) is measured")
          continue
        }
        #expect(reason.contains("1 of 6 points"))
      }
      #expect(
        result.verdicts.first?.verdict
          == .notJudged(reason: UnmeasuredReason.notFinite(count: 1, total: 6).description))
      guard case .measured = try estimate(result, "fig3.d.flatness.generalization.pearson") else {
        Issue.record("flatness lost a point that it has")
        continue
      }
      #expect(result.altText.contains("Pearson r unmeasured"))
    }
  }

  @Test("fewer than three runs give no statistic, no verdict and still a picture")
  func fewRuns() throws {
    for count in 0...2 {
      let result = try SampleRecords.result(
        Array(SampleRecords.six.prefix(count)), attackSizes: Array([0, 10, 20].prefix(count)))
      for row in result.statistics {
        guard case .unmeasured = row.estimate else {
          Issue.record("\(row.id) is measured on \(count) points")
          continue
        }
      }
      for verdict in result.verdicts {
        guard case .notJudged = verdict.verdict else {
          Issue.record("judged on \(count) points")
          continue
        }
      }
      #expect((result.picture as? Chart)?.panels.count == 3)
      #expect(result.tables.first?.csv.split(separator: "\n").count == count + 1)
    }
  }

  @Test("the bootstraps follow the report's seed and nothing else")
  func seed() throws {
    let group = SampleRecords.group()
    func make(seed: UInt64) throws -> FigureResult {
      let records = try zip(group.trainings(seed: seed), SampleRecords.six).map {
        try SampleRecords.record($0, $1)
      }
      return FigureMaker(claims: [], records: records.shuffled(), seed: seed).make(
        SampleRecords.figure(group))
    }
    let one = try make(seed: 1)
    #expect(try make(seed: 1).statistics == one.statistics)
    #expect(try make(seed: 1).tables == one.tables)
    #expect(try make(seed: 2).statistics != one.statistics)
    let id = "fig3.d.flatness.generalization.pearson"
    #expect(try estimate(make(seed: 2), id) == estimate(one, id))
  }
}
