/// A data set, as printed.
struct DatasetView {
  let datasetName: String
  let summary: String
  let sourceStatement: String?
  let sizes: String
  let sha256: String
  let usedBy: [FigureLabels.Link]

  init(_ fact: DatasetFact, labels: FigureLabels) {
    datasetName = fact.name
    summary = fact.summary
    sourceStatement = fact.source
    sizes = fact.sizes.joined(separator: "; ")
    sha256 = fact.sha256
    usedBy = labels.links(fact.figures)
  }
}
