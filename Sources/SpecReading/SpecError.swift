package import Specifications

/// A mistake in a spec file, or in the choice of figures.
package enum SpecError: Error, Equatable, Sendable {
  /// A spec file or folder that cannot be read.
  case unreadable(path: String, reason: String)
  /// A folder without a single `fig*.yml`.
  case noFigures(folder: String)
  /// Text that is not YAML.
  case syntax(String, at: SpecLocation)
  /// A file with too many values, or too deep ones, once its aliases are written out.
  case tooLarge(String, at: SpecLocation)
  /// Text with a character, such as U+0000, that neither a page nor a picture can hold.
  case unprintable(String, at: SpecLocation)
  /// An unknown name; `what` says of what, such as "key" or "optimiser".
  case unknown(what: String, found: String, known: [String], at: SpecLocation)
  /// A value that does not have the type of its key.
  case wrongType(key: String, expected: String, found: String, at: SpecLocation)
  /// A missing key.
  case missingKey(String, in: String, at: SpecLocation)
  /// A number outside the range of its key; `allowed` is a phrase such as "above 0".
  case outOfRange(key: String, value: String, allowed: String, at: SpecLocation)
  /// A name that is used twice where names must be unique.
  case duplicate(what: String, name: String, at: SpecLocation)
  /// Two keys of one mapping that exclude each other.
  case conflict(String, String, in: String, at: SpecLocation)
  /// A profile that changes something other than a size.
  case profileChangesMethod(key: String, profile: String, at: SpecLocation)
  /// Run groups that refer to each other in a circle by `from`.
  case cyclicReference([String], at: SpecLocation)
  /// A panel shows a quantity that its runs do not measure.
  case notMeasured(panel: String, quantity: String, runs: String, needs: String, at: SpecLocation)
  /// A panel shows a quantity that its runs cannot have, such as the accuracy on an empty test set.
  case unfitRuns(panel: String, shows: String, runs: String, lack: String, at: SpecLocation)
  /// Two measurements of one run group would fill the same columns.
  case sameColumns(String, String, at: SpecLocation)
  /// A claim on a panel whose kind does not fit the claim's statistic.
  case misplacedClaim(String, panel: String, needs: String, at: SpecLocation)
  /// A timeline whose run group has more than one training.
  case severalTimelines(panel: String, trainings: Int, at: SpecLocation)
  /// A figure chosen by an id that no spec has.
  case unknownFigure(String, known: [String])
}
