import Encodings
import ReportDocuments
import Specifications

/// A tidy table: one row a run, one column a quantity, units in the column names.
package struct RunTable: Sendable {
  /// The rows, in the plan's order.
  package let rows: [RunRow]

  /// A table of these rows.
  package init(rows: [RunRow]) { self.rows = rows }

  private struct Column: Sendable {
    let name: String
    let value: @Sendable (RunRow) -> String

    init(_ column: TableColumn, value: @escaping @Sendable (RunRow) -> String) {
      self.init(name: column.rawValue, value: value)
    }

    init(name: String, value: @escaping @Sendable (RunRow) -> String) {
      self.name = name
      self.value = value
    }
  }

  private static let columns: [Column] = {
    var columns = [
      Column(.run) { $0.key.description },
      Column(.dataset) { $0.training.dataset.name },
      Column(.optimiser) { $0.training.optimiser.name },
      Column(.attackSize) { String($0.training.attackSize) },
      Column(.sample) { String($0.training.sample) },
      Column(.seed) { String($0.training.seed) },
      Column(name: "status") { $0.status.rawValue },
      Column(name: "epochs") { String($0.epochs) },
      Column(name: "loss_on_train_nats") { text($0.lossOnTrain) },
      Column(name: "train_accuracy_percent") { text($0.trainAccuracy) },
      Column(name: "attack_accuracy_percent") { text($0.attackAccuracy) },
      Column(name: "generalization_percent") { text($0.generalization) },
      Column(name: "sharpness") { text($0.sharpness) },
      Column(name: "flatness_minus_log10_sharpness") { text($0.value(.flatness, likelihood: .heaviside)) },
    ]
    for likelihood in PriorSettings.Likelihood.allCases {
      let name = likelihood.rawValue
      columns += [
        Column(name: "log_prior_\(name)_nats") { text($0.measured["log_prior_\(name)_nats"]) },
        Column(name: "log10_prior_\(name)") { text($0.value(.log10Prior, likelihood: likelihood)) },
        Column(name: "ep_sweeps_\(name)") { $0.priorDetails[likelihood].map { String($0.sweeps) } ?? "" },
        Column(name: "ep_last_change_\(name)_nats") { text($0.priorDetails[likelihood]?.lastChange) },
        Column(name: "ep_damping_\(name)") { text($0.priorDetails[likelihood]?.damping) },
      ]
    }
    return columns
  }()

  /// The columns that only some figures have; left out if no row has a value.
  private static let rarer =
    [
      Column(name: "data_note") { $0.substitution?.words ?? "" },
      // Empty for fully connected networks.
      Column(.network) { $0.training.network.kind.columnName },
      Column(name: "kernel_initialisations") { $0.kernelInitialisations.map { String($0) } ?? "" },
      Column(name: "kernel_relative_standard_error") { text($0.kernelError) },
      Column(.functionRank) { $0.target.map { String($0.rank) } ?? "" },
      Column(name: "function_hex") { $0.target?.function ?? "" },
      Column(name: "function_count") { $0.target.map { String($0.count) } ?? "" },
      Column(name: "networks_sampled") { $0.target.map { String($0.samples) } ?? "" },
      Column(name: "log10_sampled_prior") { text($0.value(.log10SampledPrior, likelihood: .heaviside)) },
      Column(name: "lempel_ziv_complexity_bits") { text($0.target?.complexity) },
    ]
    + MeasureDefinition.values.filter { !$0.isAlwaysShown }.flatMap { value in
      value.columns.map { name in Column(name: name) { text($0.measured[name]) } }
    }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  /// The table as CSV (RFC 4180) with a header line; an empty field means "not measured".
  package var csv: String {
    var columns =
      Self.columns + Self.rarer.filter { column in rows.contains { !column.value($0).isEmpty } }
    if rows.contains(where: { $0.epochsPast > 0 }) {
      columns.append(Column(.epochsPast) { String($0.epochsPast) })
    }
    return CSVTable(header: columns.map(\.name), rows: rows.map { row in columns.map { $0.value(row) } }).text
  }
}
