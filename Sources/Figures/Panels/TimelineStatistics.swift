import Planning

extension TimelinePanel {
  /// What the rescaling and the training past zero error did, as rows of the report; none without a claim.
  var statistics: [StatisticRow] {
    guard spec.claim != nil else { return [] }
    var rows: [StatisticRow] = []
    if let after = result.rescalingIndex {
      rows.append(row(.rescalingMove, difference(from: after - 1, to: after)))
      let isChanged = result.function[after] != result.function[after - 1]
      rows.append(row(.rescalingFunctionChange, .measured(value: isChanged ? 1 : 0, interval: nil, pValue: nil)))
    }
    if let zero = zeroErrorIndex {
      rows.append(row(.overtrainingFall, difference(from: result.epochs.count - 1, to: zero)))
      let changed = result.changedOnTest.last.flatMap { $0 }
      rows.append(
        row(
          .overtrainingChange,
          changed.map {
            .measured(
              value: Double($0) / Double(training.dataset.test), interval: nil, pValue: nil)
          } ?? .unmeasured(reason: "f was not compared")))
    }
    return rows
  }

  /// log₁₀ sharpness at one point minus at another.
  private func difference(from start: Int, to end: Int) -> Estimate {
    let values = values(.log10Sharpness)
    guard let one = values[start], let other = values[end] else {
      return .unmeasured(reason: "the sharpness was not measured at both points")
    }
    return .measured(value: other - one, interval: nil, pValue: nil)
  }

  private func row(_ name: StatisticName, _ estimate: Estimate) -> StatisticRow {
    StatisticRow(
      id: identifier(name), panel: spec.id, panelTitle: spec.title, quantities: "along one training",
      statistic: name, estimate: estimate, n: result.epochs.count)
  }
}
