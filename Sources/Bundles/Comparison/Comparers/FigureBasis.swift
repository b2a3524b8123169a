import ReportDocuments
import Specifications

/// What the numbers of one figure rest on in two reports: the data, and the revisions of the methods.
struct FigureBasis {
  private(set) var data: [Judged<ValueComparison>]
  private(set) var revisions: [Judged<ValueComparison>]

  /// The figure `id` of two reports, either of which may lack it. Data that are drawn from the seed differ
  /// with the seed, which does not prevent a comparison.
  init(_ id: String, _ before: ReportRecord, _ after: ReportRecord) {
    let (old, new) = (before.provenance.figures[id], after.provenance.figures[id])
    let isSameSeed = before.metrics.seed == after.metrics.seed
    func digests(_ figure: ProvenanceDocument.Figure?) -> [(name: String, value: String)] {
      (figure?.data ?? []).map { data in
        (data.name, data.name == DatasetSpec.booleanCubeName && !isSameSeed ? "of the seed" : data.sha256)
      }
    }
    data = [Judged<ValueComparison>](digests(old), digests(new), counts: true)
    revisions = [Judged<ValueComparison>](
      Self.pairs(old?.revisions), Self.pairs(new?.revisions), counts: true)
  }

  private static func pairs(_ values: [String: String]?) -> [(name: String, value: String)] {
    (values ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The same, with what was accepted of it.
  func accepting(_ acceptance: FigureAcceptance) -> FigureBasis {
    var basis = self
    basis.data = acceptance.accepting(data, .data)
    basis.revisions = acceptance.accepting(revisions, .revisions)
    return basis
  }

  /// Why numbers of the figure cannot be compared; empty if they can. A method that only one report uses
  /// is a difference of settings and does not prevent a comparison, nor does what was accepted.
  var reasons: [String] {
    let data = data.filter { $0.accepted == nil }
    let revisions = revisions.filter { $0.accepted == nil }
    let removed = data.filter { $0.comparison == .removed }.map(\.name)
    let added = data.filter { $0.comparison == .added }.map(\.name)
    return data.filter { $0.comparison == .changed }.map { "other data: \($0.name) has another digest" }
      + (removed.isEmpty || added.isEmpty
        ? []
        : [
          "other data: \(removed.joined(separator: ", ")) in the first report, \(added.joined(separator: ", ")) in the second"
        ])
      + revisions.filter { $0.comparison == .changed }.map {
        "another method: revision \($0.before ?? "–") of \($0.name) in the first report, \($0.after ?? "–") in the second"
      }
  }
}
