import Specifications

/// Reads the block `comparison` of a figure.
enum ComparisonReader {
  /// The comparison; it may name the claims and, as the figure's own panels, the panels given.
  static func comparison(
    _ file: SpecMapping, claims: [String], panels: [LocatedPanel]
  ) throws(SpecError) -> LocatedComparison {
    let block = try file.mapping("comparison", known: ["claim", "figure", "panels"])
    var pairs: [VerdictComparison.Pair] = []
    for entry in try block.mapping("panels").entries {
      guard panels.contains(where: { $0.panel.id == entry.key }) else {
        throw .unknown(
          what: "panel", found: entry.key, known: panels.map(\.panel.id), at: entry.keyLocation)
      }
      pairs.append(.init(own: entry.key, other: try entry.value.readText(for: entry.key)))
    }
    guard !pairs.isEmpty else {
      throw .outOfRange(
        key: "panels", value: "empty", allowed: "at least one panel of this figure",
        at: try block.required("panels").location)
    }
    let comparison = VerdictComparison(
      claim: try block.required("claim").readName(
        for: "claim", what: "claim", among: claims.map { ($0, $0) }),
      figure: try block.text("figure"), panels: pairs)
    return LocatedComparison(comparison: comparison, location: block.location)
  }
}

/// A comparison with its place in the file, to be checked against both figures once all are read.
struct LocatedComparison {
  let comparison: VerdictComparison
  let location: SpecLocation

  /// Checks that the claim is one of verdicts, and that every panel compared, here and in the other figure,
  /// has a claim.
  func check(among claims: [ClaimSpec], _ file: FigureFile, files: [FigureFile]) throws(SpecError) {
    guard claims.first(where: { $0.name == comparison.claim })?.statistic == .differingVerdicts else {
      throw .misplacedClaim(
        comparison.claim, panel: comparison.panels.map(\.own).joined(separator: ", "),
        needs: "the statistic differing-verdicts to stand in a comparison", at: location)
    }
    guard let other = files.first(where: { $0.id == comparison.figure }) else {
      throw .unknown(
        what: "figure", found: comparison.figure, known: files.map(\.id), at: location)
    }
    for pair in comparison.panels {
      for (figure, id) in [(file, pair.own), (other, pair.other)] {
        let judged = figure.panels.map(\.panel).filter { $0.claim != nil }.map(\.id)
        guard judged.contains(id) else {
          throw .unknown(
            what: "panel with a claim in figure \(figure.id)", found: id, known: judged, at: location)
        }
      }
    }
  }
}
