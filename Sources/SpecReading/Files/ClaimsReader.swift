import Specifications

/// Reads `claims.yml`.
enum ClaimsReader {
  /// The claims, in the file's order.
  static func claims(_ root: SpecNode) throws(SpecError) -> [ClaimSpec] {
    let file = try SpecMapping(root, name: "claims.yml", known: ["claims"])
    var claims: [ClaimSpec] = []
    for entry in try file.mapping("claims").entries {
      let claim = try SpecMapping(
        entry.value, name: "claims.\(entry.key)",
        known: ["statement", "paper", "statistic", "threshold", "strict", "changedShare", "rule"])
      claims.append(
        ClaimSpec(
          name: entry.key, statement: try claim.text("statement"), paper: try claim.optionalText("paper"),
          statistic: try claim.choice("statistic", what: "statistic"),
          threshold: try claim.number("threshold", .any), strict: try claim.truth("strict"),
          changedShare: claim.optional("changedShare") == nil
            ? nil : try claim.number("changedShare", .notNegative),
          rule: try claim.text("rule")))
    }
    return claims
  }
}
