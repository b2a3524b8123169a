import Encodings
import ReportDocuments
import Specifications

/// The points of timelines as a tidy table: one row a point, units in the column names.
struct TimelineTable {
  /// One panel for each timeline.
  let panels: [TimelinePanel]

  private struct Column: Sendable {
    let name: String
    let value: @Sendable (TimelinePanel, Int) -> Double?
    /// Whether the column is written even if no point has a value.
    var isAlways = false
  }

  private static let columns =
    [
      Column(name: "loss_on_train_nats", value: { $0.result.lossOnTrain[$1] }, isAlways: true),
      Column(
        name: "train_accuracy_percent", value: { RunRow.percent($0.result.trainAccuracy[$1]) }, isAlways: true
      ),
      Column(
        name: "generalization_percent", value: { RunRow.percent($0.result.testAccuracy[$1]) }, isAlways: true),
      Column(name: "changed_on_test_images", value: { $0.result.changedOnTest[$1].map(Double.init) }),
    ]
    + MeasureDefinition.values.flatMap(\.columns).map { name in
      Column(name: name, value: { $0.measured[name]?[$1] })
    }

  /// The table as CSV (RFC 4180) with a header line; an empty field means "not measured".
  var csv: String {
    let columns = Self.columns.filter { column in
      column.isAlways
        || panels.contains { panel in
          panel.result.epochs.indices.contains { column.value(panel, $0) != nil }
        }
    }
    let identity = [TableColumn.run, .group, .epoch, .point].map(\.rawValue)
    return CSVTable(
      header: identity + ["function_sha256_16"] + columns.map(\.name),
      rows: panels.flatMap { panel in
        panel.result.epochs.indices.map { index in
          [
            panel.record.key.description, panel.spec.runs.joined(separator: " "),
            String(panel.result.epochs[index]),
            name(of: index, panel), panel.result.function[index],
          ] + columns.map { column in column.value(panel, index).map(Self.text) ?? "" }
        }
      }
    ).text
  }

  /// The mark of a special point, such as the first one with zero error.
  private func name(of index: Int, _ panel: TimelinePanel) -> String {
    if index == panel.result.rescalingIndex { return "after-rescaling" }
    if index + 1 == panel.result.rescalingIndex { return "before-rescaling" }
    return index == panel.zeroErrorIndex ? "zero-error" : ""
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : "\(value)"
  }
}
