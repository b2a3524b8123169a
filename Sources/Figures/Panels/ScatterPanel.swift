import Encodings
import Plotting
import ReportDocuments
import Specifications

/// The points of one scatter panel, one a run, under each likelihood that the runs were measured with.
struct ScatterPanel: DrawnPanel {
  let figure: String
  let spec: PanelSpec
  let axes: PanelSpec.ScatterAxes
  /// All runs of the group, failed ones too.
  let rows: [RunRow]

  var x: Quantity { axes.x }
  var y: Quantity { axes.y }

  /// The likelihoods under which the panel's numbers differ: both for a panel of priors that names none, one
  /// for any other.
  var likelihoods: [PriorSettings.Likelihood] {
    guard x.isByLikelihood || y.isByLikelihood else { return [.heaviside] }
    if let named = axes.likelihood { return [named] }
    return PriorSettings.Likelihood.allCases.filter { likelihood in
      rows.contains { row in
        row.priorDetails[likelihood] != nil
          || [x, y].contains { $0.isByLikelihood && row.value($0, likelihood: likelihood) != nil }
      }
    }
  }

  /// The runs that statistics are taken over: those with zero error on S.
  var comparable: [RunRow] { rows.comparable }

  /// The comparable runs' values; NaN if a value was not measured, which makes the statistic unmeasured.
  func values(_ likelihood: PriorSettings.Likelihood) -> (x: [Double], y: [Double]) {
    (rows.values(x, likelihood), rows.values(y, likelihood))
  }

  /// "log₁₀ P(f) (step) against generalization (%)".
  func quantities(_ likelihood: PriorSettings.Likelihood) -> String {
    "\(QuantityText.plain(x, likelihood)) against \(QuantityText.plain(y, likelihood))"
  }

  /// The estimate of one statistic of this panel; nil if it was not computed.
  func estimate(
    _ likelihood: PriorSettings.Likelihood, _ name: StatisticName, in statistics: [StatisticRow]
  ) -> Estimate? {
    statistics.estimate(identifier(likelihood, name.name))
  }

  /// The identity of one statistic, the same in every report of this figure.
  func identifier(_ likelihood: PriorSettings.Likelihood, _ statistic: String) -> String {
    [
      "fig" + figure, spec.id, QuantityText.identifier(x, likelihood), QuantityText.identifier(y, likelihood),
      statistic,
    ].joined(separator: ".")
  }

  /// The likelihood that is drawn: the one that the spec names, or the step where it was measured. The table
  /// has all.
  var drawnLikelihood: PriorSettings.Likelihood { likelihoods.first ?? .heaviside }

  /// The points that the picture shows: failed runs and what was not measured are absent.
  var drawnPoints: [(x: Double, y: Double)] { drawnRows.map { ($0.x, $0.y) } }

  /// The drawn points, each with its row.
  var drawnRows: [(row: RunRow, x: Double, y: Double)] {
    rows.filter { $0.status != .failed }.compactMap { row in
      guard let x = row.value(x, likelihood: drawnLikelihood),
        let y = row.value(y, likelihood: drawnLikelihood)
      else { return nil }
      return (row, x, y)
    }
  }

  /// The panel as it is drawn: converged runs filled, runs that did not reach zero error open, failed ones
  /// absent.
  func drawn(in figure: FigureStyle) -> Panel {
    let colouring = figure.colourBar?.colouring ?? .uniform(.blue)
    let attackScale = figure.showsShares ? 100 / Double(max(1, largestAttackSize ?? 1)) : 1
    let likelihood = drawnLikelihood
    func points(_ status: TrainingResult.Status) -> [ScatterSeries.Point] {
      rows.filter { $0.status == status }.map { row in
        ScatterSeries.Point(
          x: row.place(x, likelihood: likelihood) ?? .nan, y: row.place(y, likelihood: likelihood) ?? .nan,
          xInterval: row.interval(x, likelihood: likelihood),
          yInterval: row.interval(y, likelihood: likelihood),
          value: figure.byComplexity ? row.target?.complexity : attackScale * Double(row.training.attackSize))
      }
    }
    var layers: [Plot.Layer] = (diagonal ?? errorDiagonal).map { [.line($0)] } ?? []
    let filled = points(.converged)
    var marker = Marker(among: filled.count)
    layers.append(.scatter(ScatterSeries(filled, colouring: colouring, marker: marker)))
    let open = points(.notConverged)
    if !open.isEmpty {
      marker.isFilled = false
      layers.append(
        .scatter(ScatterSeries(open, colouring: colouring, marker: marker, name: "not converged")))
    }
    let limits = limits(in: figure)
    return Panel(
      letter: Text.escaped("(\(spec.id))"), title: Text.escaped(spec.title),
      plot: Plot(
        x: Axis(QuantityText.axisLabel(x, likelihood), limits: limits.x, largest: x.largest),
        y: Axis(QuantityText.axisLabel(y, likelihood), limits: limits.y, largest: y.largest),
        layers: layers, references: bounds,
        text: TextBox(PanelText.lines(self, statistics: figure.statistics))))
  }

  /// The ranges of the axes. The panel shares the vertical one with others of the same quantity and runs;
  /// those of another likelihood are of another quantity. In a figure that shares its axes it has both in common
  /// with all panels of the same quantities on the same images.
  private func limits(in figure: FigureStyle) -> (x: Axis.Limits, y: Axis.Limits) {
    let alike = figure.scatters.filter { other in
      guard other.y == y, other.axes.epochsPast == axes.epochsPast else { return false }
      if figure.sharesAxes {
        return other.x == x && other.rows.first?.training.dataset == rows.first?.training.dataset
      }
      return other.spec.runs == spec.runs && (!y.isByLikelihood || other.drawnLikelihood == drawnLikelihood)
    }
    guard alike.count > 1 else { return (.automatic, .automatic) }
    let shared = SharedRange(
      panels: alike.map(\.drawnPoints), sharesHorizontal: figure.sharesAxes,
      hasNote: alike.contains { panel in panel.drawnRows.count < panel.rows.count { $0.status != .failed } })
    func fixed(_ limits: ClosedRange<Double>?) -> Axis.Limits { limits.map(Axis.Limits.fixed) ?? .automatic }
    return (fixed(shared.horizontalLimits), fixed(shared.limits))
  }

  func altText(in figure: FigureStyle) -> String? {
    let likelihood = drawnLikelihood
    let (x, y) = values(likelihood)
    func value(_ name: StatisticName) -> String {
      guard case .measured(let value, _, _) = estimate(likelihood, name, in: figure.statistics) else {
        return "unmeasured"
      }
      return NumberText.correlation(value)
    }
    return
      "Panel \(spec.id), \(spec.title): scatter plot of \(x.count) networks, \(QuantityText.plain(axes.x, likelihood)) \(AltText.range(x)) against \(QuantityText.plain(axes.y, likelihood)) \(AltText.range(y)), coloured by \(figure.byComplexity ? "Lempel–Ziv complexity of f" : "attack set size"); Pearson r \(value(.pearson)), Spearman ρ \(value(.spearman))."
  }

  /// Every network once, by group and epoch, in the panels' order.
  static func tables(_ panels: [ScatterPanel], statistics: [StatisticRow]) -> [(name: String, csv: String)] {
    var seen: Set<String> = []
    let rows = panels.flatMap { panel in
      seen.insert("\(panel.spec.runs) \(panel.axes.epochsPast)").inserted ? panel.rows : []
    }
    return [("runs", RunTable(rows: rows).csv)]
  }

  func verdicts(_ claim: ClaimSpec, by judge: ClaimJudge, in figure: JudgedFigure) -> [ClaimVerdict] {
    func verdicts(
      by statistic: StatisticName, rule: (ClaimSpec, Estimate?) -> ClaimVerdict.Verdict
    ) -> [ClaimVerdict] {
      judge.verdicts(claim, on: self, by: statistic, in: figure.statistics, rule: rule)
    }
    return switch claim.statistic {
    case .pearson: verdicts(by: .pearson) { ClaimJudge.verdict($0, $1) }
    case .spearman: verdicts(by: .spearman) { ClaimJudge.verdict($0, $1) }
    case .spearmanDifference: judge.difference(claim, self, figure.pairs, figure.statistics)
    case .spearmanWithin: verdicts(by: .spearman) { ClaimJudge.verdict($0, within: $1) }
    case .pearsonAgreement: verdicts(by: .pearsonAgreement) { ClaimJudge.verdict($0, within: $1) }
    case .boundedShare: verdicts(by: .boundedShare) { ClaimJudge.verdict($0, share: $1) }
    case .rescaling, .rescalingInvariance, .overtraining, .robustness, .differingVerdicts: []
    }
  }

  /// The largest |A| of its runs; nil without runs.
  var largestAttackSize: Int? { rows.map(\.training.attackSize).max() }

  /// Whether an axis shows sharpness, by either method.
  var showsSharpness: Bool {
    [x, y].contains { $0.measured.contains { $0.columnPattern.hasPrefix("sharpness") } }
  }

  /// Whether the axes show P(f), found in these two ways.
  func comparesPriors(_ one: Quantity, _ other: Quantity) -> Bool { Set([x, y]) == [one, other] }

  /// The diagonal, on which both are equal.
  private var diagonal: LineSeries? {
    guard [.log10SampledPrior, .log10PriorSampled].contains(where: { comparesPriors($0, .log10Prior) }),
      let low = drawnPoints.map({ min($0.x, $0.y) }).min(),
      let high = drawnPoints.map({ max($0.x, $0.y) }).max()
    else { return nil }
    return Self.diagonal(from: low, to: high, name: "equal")
  }

  /// The line on which both axes show the same number.
  static func diagonal(
    from low: Double, to high: Double, isDashed: Bool = true, name: String? = nil
  ) -> LineSeries {
    LineSeries(
      [.init(x: low, y: low), .init(x: high, y: high)], colour: .grey, width: 1,
      dash: isDashed ? [4, 3] : [], name: name)
  }
}
