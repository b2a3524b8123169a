/// What moved most over several reports, and which verdicts changed: `plateau history --threshold`.
package struct HistoryMoves: Sendable {
  /// A verdict that is another one in the next report that may be compared.
  struct VerdictChange: Sendable {
    let series: ReportHistory.VerdictSeries
    /// The indices of the two reports.
    let (from, to): (Int, Int)
  }
  /// A statistic that moved by more than the threshold between neighbours that may be compared.
  struct Move: Sendable {
    let series: ReportHistory.Series
    /// The indices of the two reports.
    let (from, to): (Int, Int)
    let move: StatisticMove
  }
  /// A statistic that has a value in one of two reports that may be compared, and none in the other.
  struct MeasuredChange: Sendable {
    let series: ReportHistory.Series
    /// The indices of the two reports.
    let (from, to): (Int, Int)

    /// Such as "0.80 [0.60, 0.90], n = 8 → unmeasured (2 points)".
    var words: String {
      "\(ComparisonWords.side(series.values[from])) → \(ComparisonWords.side(series.values[to]))"
    }
  }
  private let history: ReportHistory
  private let threshold: Double
  /// The changes, in the order of the figures.
  let verdictChanges: [VerdictChange]
  /// In the order of the figures.
  let measuredChanges: [MeasuredChange]
  /// The moves, the largest first.
  let moves: [Move]

  /// - Parameter threshold: in half-widths of the 95 % interval; for statistics without one, in parts of the
  ///   larger value.
  package init(_ history: ReportHistory, threshold: Double) {
    self.history = history
    self.threshold = threshold
    verdictChanges = history.verdicts.flatMap { series in
      series.neighbours.filter { series.verdicts[$0.from] != series.verdicts[$0.to] }.map {
        VerdictChange(series: series, from: $0.from, to: $0.to)
      }
    }
    measuredChanges = history.statistics.flatMap { series in
      series.neighbours.filter { from, to in
        (series.values[from]?.value == nil) != (series.values[to]?.value == nil)
      }.map { MeasuredChange(series: series, from: $0.from, to: $0.to) }
    }
    let all = history.statistics.flatMap { series in
      series.neighbours.compactMap { from, to in
        StatisticMove(from: series.values[from], to: series.values[to]).map {
          Move(series: series, from: from, to: to, move: $0)
        }
      }
    }
    // Sorting is stable: equal moves stay in the order of the figures.
    moves = all.filter { $0.move.size > threshold }.sorted { $0.move.size > $1.move.size }
  }

  /// Verdicts first, then what is no longer measured or was not, then moves, one a line.
  package var text: String {
    let verdicts = verdictChanges.map { change in
      let place = "\(label(change.series.figure)), \(change.series.place)"
      let words = "\(word(change.series.verdicts[change.from])) → \(word(change.series.verdicts[change.to]))"
      return
        "  \(place): \(words), \(between(change.from, change.to))"
    }
    let measured = measuredChanges.map { change in
      "  \(label(change.series.figure)) \(change.series.words): "
        + "\(change.words), \(between(change.from, change.to))"
    }
    let statistics = moves.map { move in
      "  \(move.move.sizeText): \(label(move.series.figure)) \(move.series.words): "
        + "\(ComparisonWords.number(move.move.from)) → \(ComparisonWords.number(move.move.to)), "
        + between(move.from, move.to)
    }
    return
      (["Verdicts that changed: \(verdicts.count)"] + verdicts
      + (measured.isEmpty
        ? [] : ["Measured in one report and not in the other: \(measured.count)"] + measured)
      + ["Moves above \(thresholdText): \(statistics.count)"] + statistics).joined(separator: "\n")
  }

  /// Such as "0.500 half-widths of the interval, or 50 % where there is none".
  var thresholdText: String {
    "\(ComparisonWords.number(threshold)) half-widths of the interval, or "
      + "\(ComparisonWords.percent(threshold)) where there is none"
  }

  /// Such as "from report 1 (old) to report 2 (new)".
  func between(_ from: Int, _ to: Int) -> String {
    func report(_ index: Int) -> String { "report \(index + 1) (\(history.reports[index].name))" }
    return "from \(report(from)) to \(report(to))"
  }

  func label(_ figure: String) -> String { history.labels[figure] ?? figure }

  func word(_ verdict: String?) -> String { verdict ?? "–" }
}
