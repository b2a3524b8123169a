import Specifications

/// What a profile may put on top of a run group: sizes, never the method.
enum ProfileOverride {
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

  /// Checks that `node`, the override of `group` in `profile`, changes sizes only.
  static func check(_ node: SpecNode, group: String, profile: Profile) throws(SpecError) {
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
