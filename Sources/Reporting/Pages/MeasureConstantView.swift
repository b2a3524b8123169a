/// A constant of a measure, as printed below Table 1.
struct MeasureConstantView {
  let measure: String
  let constant: String
  let value: TableOneView.Cell
  let usedBy: [FigureLabels.Link]

  init(_ constant: MeasureConstant, labels: FigureLabels) {
    measure = constant.measure
    self.constant = constant.name
    value = TableOneView.cell(constant.value)
    usedBy = labels.links(constant.figures)
  }
}
