import Plotting
import ReportDocuments
import Specifications

/// The points of one scatter panel, one a run, under each likelihood that the runs were measured with.
struct ScatterPanel {
  let figure: String
  let spec: PanelSpec
  let x: Quantity
  let y: Quantity
  /// All runs of the group, failed ones too.
  let rows: [RunRow]

  /// The likelihoods under which the panel's numbers differ: both for a panel of priors, one for any other.
  var likelihoods: [PriorSettings.Likelihood] {
    guard x.isByLikelihood || y.isByLikelihood else { return [.heaviside] }
    return PriorSettings.Likelihood.allCases.filter { likelihood in
      rows.contains { $0.priorDetails[likelihood] != nil }
    }
  }

  /// The runs that statistics are taken over: those with zero error on S.
  var comparable: [RunRow] { rows.filter(\.isComparable) }

  /// The comparable runs' values; NaN where a value was not measured, so that the statistics say so.
  func values(_ likelihood: PriorSettings.Likelihood) -> (x: [Double], y: [Double]) {
    (
      comparable.map { $0.value(x, likelihood: likelihood) ?? .nan },
      comparable.map { $0.value(y, likelihood: likelihood) ?? .nan }
    )
  }

  /// "log₁₀ P(f) (step) against generalization (%)".
  func quantities(_ likelihood: PriorSettings.Likelihood) -> String {
    "\(QuantityText.plain(x, likelihood)) against \(QuantityText.plain(y, likelihood))"
  }

  /// The estimate of one statistic of this panel among the figure's; nil where it was not taken.
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

  /// The likelihood that is drawn: the step where it was measured. The table and the statistics have all.
  var drawnLikelihood: PriorSettings.Likelihood { likelihoods.first ?? .heaviside }

  /// The points that the picture shows: failed runs and what was not measured are absent.
  var drawnPoints: [(x: Double, y: Double)] { drawnRows.map { ($0.x, $0.y) } }

  /// The same with their rows.
  var drawnRows: [(row: RunRow, x: Double, y: Double)] {
    rows.filter { $0.status != .failed }.compactMap { row in
      guard let x = row.value(x, likelihood: drawnLikelihood),
        let y = row.value(y, likelihood: drawnLikelihood)
      else { return nil }
      return (row, x, y)
    }
  }

  /// The panel as it is drawn: converged runs filled, runs that did not reach zero error open, failed ones
  /// absent; `limits` are those of the vertical axis. Colours show |A| times `attackScale`, or the complexity
  /// of the functions.
  func drawn(
    colouring: ScatterSeries.Colouring, byComplexity: Bool = false, attackScale: Double = 1, text: [String],
    limits: Axis.Limits
  ) -> Panel {
    let likelihood = drawnLikelihood
    func points(_ status: TrainingResult.Status) -> [ScatterSeries.Point] {
      rows.filter { $0.status == status }.map { row in
        ScatterSeries.Point(
          x: row.value(x, likelihood: likelihood) ?? .nan, y: row.value(y, likelihood: likelihood) ?? .nan,
          value: byComplexity ? row.target?.complexity : attackScale * Double(row.training.attackSize))
      }
    }
    var layers: [Plot.Layer] = diagonal.map { [.line($0)] } ?? []
    layers.append(.scatter(ScatterSeries(points(.converged), colouring: colouring)))
    let open = points(.notConverged)
    if !open.isEmpty {
      layers.append(
        .scatter(
          ScatterSeries(open, colouring: colouring, marker: Marker(isFilled: false), name: "not converged")))
    }
    return Panel(
      letter: Text.escaped("(\(spec.id))"), title: Text.escaped(spec.title),
      plot: Plot(
        x: Axis(QuantityText.axisLabel(x, likelihood)),
        y: Axis(QuantityText.axisLabel(y, likelihood), limits: limits), layers: layers,
        text: TextBox(text)))
  }

  /// The largest |A| of its runs; nil without runs.
  var largestAttackSize: Int? { rows.map(\.training.attackSize).max() }

  /// Whether an axis shows sharpness, by either method.
  var showsSharpness: Bool {
    [x, y].contains { $0.measured?.columnPattern.hasPrefix("sharpness") == true }
  }

  /// Whether both axes show P(f), counted and computed.
  var comparesPriors: Bool { Set([x, y]) == [.log10SampledPrior, .log10Prior] }

  /// Where both would be equal.
  private var diagonal: LineSeries? {
    guard comparesPriors, let low = drawnPoints.map({ min($0.x, $0.y) }).min(),
      let high = drawnPoints.map({ max($0.x, $0.y) }).max()
    else { return nil }
    return LineSeries(
      [.init(x: low, y: low), .init(x: high, y: high)], colour: .grey, width: 1, dash: [4, 3], name: "equal")
  }
}
