import Specifications

/// Merges run groups with what they are made from and with what a profile changes.
struct GroupResolver {
  let files: [FigureFile]
  let profile: Profile

  /// The group `name` of `file` for the profile, without any reference left.
  ///
  /// A reference takes the other figure's group after that figure's own override; then come this file's
  /// keys, then this file's override.
  func group(_ name: String, of file: FigureFile) throws(SpecError) -> SpecNode {
    try group(name, of: file, chain: [])
  }

  private func group(
    _ name: String, of file: FigureFile, chain: [String]
  ) throws(SpecError) -> SpecNode {
    guard var node = file.groups.first(where: { $0.key == name })?.value else {
      throw .unknown(
        what: "run group", found: name, known: file.groups.map(\.key), at: file.idLocation)
    }
    let mapping = try SpecMapping(node, name: "runs.\(name)")
    if let from = mapping.optional("from") {
      let reference = try SpecMapping(from, name: "from", known: ["figure", "runs"])
      let chain = chain + ["figure \(file.id) \(name)"]
      let target = try reference.required("figure").readName(
        for: "figure", what: "figure", among: files.map { ($0.id, $0) })
      let targetName = try reference.required("runs").readName(
        for: "runs", what: "run group", among: target.groups.map { ($0.key, $0.key) })
      if chain.contains("figure \(target.id) \(targetName)") {
        throw .cyclicReference(chain + ["figure \(target.id) \(targetName)"], at: from.location)
      }
      node.content = .mapping(mapping.entries.filter { $0.key != "from" })
      node = try group(targetName, of: target, chain: chain).merged(with: node)
    }
    guard let override = file.overrides[profile]?[name] else { return node }
    return node.merged(with: override)
  }
}
