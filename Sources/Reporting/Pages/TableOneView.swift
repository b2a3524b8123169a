import Encodings
import Figures

/// One row of Table 1, as printed.
struct TableOneView {
  /// A number with the tags of its sources.
  struct Cell {
    let number: NumberText?
    let sources: [SourceTag]
  }
  let rowName: String
  let data: String
  let network: String
  let box: Cell
  let batch: Cell
  let learningRate: Cell
  let epochs: Cell
  let usedBy: [FigureLabels.Link]

  init(_ row: SharpnessSettingsRow, labels: FigureLabels) {
    rowName = row.name
    data = row.data
    network = row.network
    box = Self.cell(row.box)
    batch = Self.cell(Sourced(Double(row.batch.value), row.batch.sources))
    learningRate = Self.cell(row.learningRate)
    epochs = Self.cell(Sourced(Double(row.epochs.value), row.epochs.sources))
    usedBy = labels.links(row.figures)
  }

  static func cell(_ value: Sourced<Double>) -> Cell {
    Cell(number: NumberText.exact(value.value), sources: value.sources.map(SourceTag.init))
  }
}
