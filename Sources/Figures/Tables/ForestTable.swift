import Encodings
import ReportDocuments
import Specifications

/// The numbers of a forest plot as tidy tables; an empty field means "not measured".
struct ForestTable {
  let panel: ForestPanel
  let statistics: [StatisticRow]

  /// One row for each quantity and group: ρ with its interval, p and n.
  var correlations: String {
    CSVTable(
      header: [
        "statistic", "quantity", "likelihood", TableColumn.group.rawValue, TableColumn.optimiser.rawValue,
        "spearman", "lower_95", "upper_95", "p_value", "networks", "unmeasured",
      ],
      rows: panel.bands.flatMap { band in
        panel.groups.map { group in
          let row = row(panel.identifier(band, group))
          let numbers = Numbers(row?.estimate)
          return [
            panel.identifier(band, group), band.quantity.rawValue, likelihood(band), group.name,
            group.rows.first?.training.optimiser.name ?? "",
          ] + numbers.fields + [numbers.pValue, row.map { String($0.n) } ?? "", numbers.reason]
        }
      }
    ).text
  }

  /// One row for each quantity: its smallest ρ and smallest lower end over the groups, and how much larger the
  /// prior's smallest ρ is than its own, under each likelihood of the prior.
  var robustness: String {
    let priors = panel.priors
    let differences = priors.flatMap { prior in
      ["", "_lower_95", "_upper_95"].map { "prior_\(prior.likelihood.rawValue)_minus_this\($0)" }
    }
    let ofBand = [
      "statistic", "quantity", "likelihood", "is_flatness", "smallest_spearman", "smallest_lower_end",
    ]
    return CSVTable(
      header: ofBand + differences + ["unmeasured"],
      rows: panel.bands.map { band in
        let id = panel.identifier(smallestLowerEndOf: band)
        let end = Numbers(row(id)?.estimate)
        let values = panel.groups.compactMap { row(panel.identifier(band, $0))?.estimate.value }
        return [
          id, band.quantity.rawValue, likelihood(band), String(band.quantity.isFlatness),
          end.fields[0].isEmpty ? "" : values.min().map { "\($0)" } ?? "", end.fields[0],
        ] + priors.flatMap { Numbers(row(panel.identifier($0, against: band))?.estimate).fields } + [
          end.reason
        ]
      }
    ).text
  }

  private func likelihood(_ band: ForestPanel.Band) -> String {
    band.quantity.isByLikelihood ? band.likelihood.rawValue : ""
  }

  private func row(_ id: String) -> StatisticRow? { statistics.first { $0.id == id } }

  /// An estimate as fields.
  private struct Numbers {
    /// The value and the ends of its interval.
    var fields = ["", "", ""]
    var pValue = ""
    var reason = ""

    init(_ estimate: Estimate?) {
      switch estimate?.finite {
      case .measured(let value, let interval, let p):
        fields = [value, interval?.lowerBound, interval?.upperBound].map { $0.map { "\($0)" } ?? "" }
        pValue = p.map { "\($0)" } ?? ""
      case .unmeasured(let text): reason = text
      case nil: break
      }
    }
  }
}
