import Encodings
import Plotting
import ReportDocuments
import Specifications

/// Spearman's ρ of several quantities with one, within each of several groups of networks: a forest plot.
struct ForestPanel: DrawnPanel {
  /// Networks that differ in |A| and sample alone.
  struct Group: Sendable {
    /// The name in the spec.
    let name: String
    /// The name for readers.
    let title: String
    /// All its runs, failed ones too.
    let rows: [RunRow]
  }
  /// A band of the picture: a quantity, under one likelihood if it depends on one.
  struct Band: Equatable, Sendable {
    let quantity: Quantity
    let likelihood: PriorSettings.Likelihood

    /// Its part of the identity of statistics.
    var identifier: String { QuantityText.identifier(quantity, likelihood) }
    /// The quantity in a sentence.
    var words: String { QuantityText.plain(quantity, likelihood) }
    /// Whether it is log P(f) by expectation propagation, which all others are held against.
    var isPrior: Bool { quantity == .log10Prior }
  }

  let figure: String
  let spec: PanelSpec
  let y: Quantity
  let groups: [Group]
  /// From the top.
  let bands: [Band]

  /// The likelihoods of the prior.
  var priors: [Band] { bands.filter(\.isPrior) }

  /// The identity of ρ of a band within a group, the same in every report of this figure.
  func identifier(_ band: Band, _ group: Group) -> String {
    identifier([band.identifier, group.name], .spearman)
  }

  /// The identity of a band's smallest lower end over the groups.
  func identifier(smallestLowerEndOf band: Band) -> String {
    identifier([band.identifier], .smallestLowerEnd)
  }

  /// The identity of min ρ(prior) − min ρ(band).
  func identifier(_ prior: Band, against band: Band) -> String {
    identifier([prior.identifier, band.identifier], .robustnessDifference)
  }

  private func identifier(_ parts: [String], _ statistic: StatisticName) -> String {
    (["fig" + figure, spec.id] + parts + [statistic.name]).joined(separator: ".")
  }

  /// One sentence a band: the range of ρ, and the smallest lower end of its intervals.
  func altText(in figure: FigureStyle) -> String? {
    let sentences = bands.map { band in
      let values = groups.compactMap { figure.statistics.estimate(identifier(band, $0))?.value }
      guard let low = values.min(), let high = values.max() else { return "\(band.words) unmeasured" }
      let range = "\(NumberText.correlation(low)) to \(NumberText.correlation(high))"
      guard let end = figure.statistics.estimate(identifier(smallestLowerEndOf: band))?.value else {
        return "\(band.words) \(range), in some groups unmeasured"
      }
      return "\(band.words) \(range), smallest lower end \(NumberText.correlation(end))"
    }
    return
      "Panel \(spec.id), \(spec.title): Spearman ρ with \(y.words) and its 95 % interval for \(groups.map(\.title).joined(separator: ", ")), one band for each quantity. From the top, ρ from: \(sentences.joined(separator: "; "))."
  }

  /// The correlations and the robustness of each panel, then every network once.
  static func tables(_ panels: [ForestPanel], statistics: [StatisticRow]) -> [(name: String, csv: String)] {
    var seen: Set<String> = []
    let groups = panels.flatMap(\.groups).filter { seen.insert($0.name).inserted }
    return panels.flatMap { panel -> [(name: String, csv: String)] in
      let table = ForestTable(panel: panel, statistics: statistics)
      return [
        ("correlations-\(panel.spec.id)", table.correlations),
        ("robustness-\(panel.spec.id)", table.robustness),
      ]
    } + [("runs", RunTable(rows: groups.flatMap(\.rows)).csv)]
  }

  func verdicts(_ claim: ClaimSpec, by judge: ClaimJudge, in figure: JudgedFigure) -> [ClaimVerdict] {
    claim.statistic == .robustness ? judge.robustness(claim, self, figure.statistics) : []
  }
}

extension ForestPanel {
  /// The panel of the groups given, each with its runs.
  init(
    figure: String, _ spec: PanelSpec, axes: PanelSpec.ForestAxes,
    groups: [(name: String, group: RunGroup, rows: [RunRow])]
  ) {
    let titles = groups.map(\.group.optimiser.printedName)
    let areOptimisers = Set(titles).count == titles.count
    let measured = groups.flatMap(\.group.measurements).flatMap(\.parts)
    self.init(
      figure: figure, spec: spec, y: axes.y,
      groups: zip(groups, titles).map { group, title in
        Group(name: group.name, title: areOptimisers ? title : group.name, rows: group.rows)
      },
      bands: axes.measures.flatMap { quantity -> [Band] in
        guard quantity.isByLikelihood else {
          return [Band(quantity: quantity, likelihood: .heaviside)]
        }
        let given = measured.filter { measure in quantity.measured.contains { $0.isGiven(by: measure) } }
        let likelihoods = Set(given.compactMap(\.process?.likelihood))
        return PriorSettings.Likelihood.allCases.filter(likelihoods.contains).map {
          Band(quantity: quantity, likelihood: $0)
        }
      })
  }
}
