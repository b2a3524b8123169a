package import Specifications

/// Table 1 alone, without the figures: the settings of measures of a network that belongs to no figure.
package struct TableOne: Sendable {
  private let rows: [TableOneRow]
  private let constants: [MeasureRow]
  private let path: String

  /// The file in the folder of the specs.
  package init(folder: String) throws(SpecError) {
    path = "\(folder)/table1.yml"
    let root = try SpecDocument.root(text: try SpecText.read(path), file: path)
    rows = try TableOneReader.rows(root)
    constants = try TableOneReader.measures(root)
  }

  /// The measure of a form: by the row of FCN on MNIST, the first `example` of what is counted, and the
  /// measure's own constants.
  package func measure(_ form: MeasureForm) throws(SpecError) -> Measure {
    func missing(_ name: String, in part: String) -> SpecError {
      .missingKey(name, in: part, at: SpecLocation(file: path, line: 1, column: 1))
    }
    switch form.argument {
    case .none(let measure): return measure
    case .row(let make):
      let name = "mnist-fcn"
      guard let row = rows.first(where: { $0.settings.row == name }) else {
        throw missing(name, in: "rows")
      }
      return make(row.settings)
    case .count(_, let example, let make): return make(example)
    case .ownRow(let kind):
      guard let row = constants.first(where: { $0.measure.kind == kind }) else {
        throw missing(kind.rawValue, in: "measures")
      }
      return .tabled(row.measure)
    case .likelihood: preconditionFailure("expected a measure of a network, got \(form.name)")
    }
  }
}
