import Specifications

/// What can be wrong with a spec file, or with the choice of figures.
package enum SpecError: Error, Equatable, Sendable {
  /// A spec file or folder that cannot be read.
  case unreadable(path: String, reason: String)
  /// A folder without a single `fig*.yml`.
  case noFigures(folder: String)
  /// Text that is not YAML.
  case syntax(String, at: SpecLocation)
  /// A name that nothing is known by; `what` says of which kind, such as "key" or "optimiser".
  case unknown(what: String, found: String, known: [String], at: SpecLocation)
  /// A value of another type than its key asks for.
  case wrongType(key: String, expected: String, found: String, at: SpecLocation)
  /// A key that has to be there and is not.
  case missingKey(String, in: String, at: SpecLocation)
  /// A number outside of what its key allows; `allowed` is a phrase such as "above 0".
  case outOfRange(key: String, value: String, allowed: String, at: SpecLocation)
  /// The same name twice where names are told apart by it.
  case duplicate(what: String, name: String, at: SpecLocation)
  /// Two keys of one mapping that exclude each other.
  case conflict(String, String, in: String, at: SpecLocation)
  /// A profile that changes something other than a size.
  case profileChangesMethod(key: String, profile: String, at: SpecLocation)
  /// Run groups that are made from each other in a circle.
  case cyclicReference([String], at: SpecLocation)
  /// A panel that shows what its runs do not measure.
  case notMeasured(panel: String, quantity: String, runs: String, needs: String, at: SpecLocation)
  /// A panel shows what its runs cannot have, such as the accuracy on a test set that is empty.
  case unfitRuns(panel: String, shows: String, runs: String, lack: String, at: SpecLocation)
  /// Two measurements of one run group would fill the same columns.
  case sameColumns(String, String, at: SpecLocation)
  /// A claim stands on a panel of another kind than its statistic needs.
  case misplacedClaim(String, panel: String, needs: String, at: SpecLocation)
  /// A timeline's run group has more than one training.
  case severalTimelines(panel: String, trainings: Int, at: SpecLocation)
  /// A figure asked for by an id that no spec has.
  case unknownFigure(String, known: [String])
}
