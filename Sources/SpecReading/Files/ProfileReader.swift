import Specifications

/// Reads the block `profiles` of a figure. A profile may change the sizes of a run group, never its method.
enum ProfileReader {
  /// The keys that are sizes, by the mapping that they stand in.
  private static let sizes = [
    "dataset": ["train", "attackPool", "test"], "attack": ["sizes", "samplesPerSize"], "stop": ["epochs"],
    // Augmentation belongs to the paper's sizes: few images come to zero error sooner without.
    "augmentation": ["cropPadding", "flips"], "ascent": ["epochs"],
    "sample": ["samples", "kept", "functions"], "timeline": ["epochsPast", "every", "rescaleAfter"],
  ]
  /// The keys of a run group that are the method; those of its mappings by mapping.
  private static let method = [
    "": ["from", "network", "optimiser", "prior", "overtraining", "measure"],
    "dataset": ["name", "task", "substitute", "normalisation"],
    "stop": ["at"], "sample": ["variables"],
    "timeline": ["rescaling"],
  ]
  /// All sizes, as dotted paths, for messages.
  static let allowed = [
    "dataset.{train, attackPool, test}", "attack.{sizes, samplesPerSize}", "stop.epochs",
    "augmentation.{cropPadding, flips}", "ascent.epochs",
    "sample.{samples, kept, functions}",
    "timeline.{epochsPast, every, rescaleAfter}",
  ]

  /// What stands in place of a group's sizes where a profile leaves the group out.
  static let leftOut = "left-out"

  /// What each profile of `file` puts on top of each of the run groups named, and which ones it leaves out.
  static func overrides(
    _ file: SpecMapping, groups: [String]
  ) throws(SpecError) -> (overrides: [Profile: [String: SpecNode]], leftOut: [Profile: Set<String>]) {
    var overrides: [Profile: [String: SpecNode]] = [:]
    var leftOut: [Profile: Set<String>] = [:]
    let profiles = try file.mapping("profiles", known: Profile.overriding.map(\.rawValue))
    for profile in Profile.overriding where profiles.optional(profile.rawValue) != nil {
      for entry in try profiles.mapping(profile.rawValue).entries {
        guard groups.contains(entry.key) else {
          throw .unknown(what: "run group", found: entry.key, known: groups, at: entry.keyLocation)
        }
        if case .scalar(Self.leftOut, _) = entry.value.content {
          leftOut[profile, default: []].insert(entry.key)
          continue
        }
        try check(entry.value, group: entry.key, profile: profile)
        overrides[profile, default: [:]][entry.key] = entry.value
      }
    }
    return (overrides, leftOut)
  }

  /// Checks that `node`, the override of `group` in `profile`, changes sizes only.
  private static func check(_ node: SpecNode, group: String, profile: Profile) throws(SpecError) {
    let name = "profiles.\(profile.rawValue).\(group)"
    for part in try SpecMapping(node, name: name).entries {
      try check(part, in: "", known: sizes.keys.sorted(), profile)
      let mapping = try SpecMapping(part.value, name: "\(name).\(part.key)")
      for entry in mapping.entries {
        try check(entry, in: part.key, known: sizes[part.key] ?? [], profile)
      }
    }
  }

  private static func check(
    _ entry: SpecEntry, in parent: String, known: [String], _ profile: Profile
  ) throws(SpecError) {
    if known.contains(entry.key) { return }
    if method[parent]?.contains(entry.key) == true {
      throw .profileChangesMethod(
        key: parent.isEmpty ? entry.key : "\(parent).\(entry.key)", profile: profile.rawValue,
        at: entry.keyLocation)
    }
    throw .unknown(what: "key", found: entry.key, known: known, at: entry.keyLocation)
  }
}
