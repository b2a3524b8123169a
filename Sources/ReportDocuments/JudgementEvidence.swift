import Specifications

/// What a judgement rests on. Two judgements with the same evidence are one: the same networks, judged by the same rule,
/// in two figures that both show them.
package struct JudgementEvidence: Hashable, Sendable {
  /// A statistic, to the last digit.
  private struct Number: Hashable {
    let statistic: String
    let quantities: String
    let estimate: StatisticValue
  }

  private let claim: String
  private let condition: String?
  private let numbers: [Number]

  /// The evidence of `claim`, a judgement of `document`; nil where it was not judged.
  package init?(of claim: MetricsDocument.Claim, in document: MetricsDocument) {
    let statistics = claim.statistics.compactMap { id in document.statistics.first { $0.id == id } }
    guard claim.verdict != VerdictName.notJudged.rawValue, !statistics.isEmpty else { return nil }
    self.claim = claim.name
    condition = claim.condition
    numbers = statistics.map {
      Number(statistic: $0.statistic, quantities: $0.quantities, estimate: $0.estimate)
    }
  }
}

extension Sequence {
  /// Each element but those whose evidence an earlier one has; one without evidence repeats nothing.
  package func countedOnce(by evidence: (Element) -> JudgementEvidence?) -> [Element] {
    var seen: Set<JudgementEvidence> = []
    return filter { element in evidence(element).map { seen.insert($0).inserted } ?? true }
  }
}
