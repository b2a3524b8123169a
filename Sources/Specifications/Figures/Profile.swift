/// How much of the paper's experiments a report runs. A profile changes sizes, never the method.
package enum Profile: String, CaseIterable, Codable, Sendable {
  /// For continuous integration: the whole figure set in a few minutes.
  case smoke
  /// The default: every figure, fewer and smaller runs.
  case quick
  /// The sizes of the paper: the specs without any override.
  case paper

  /// The profiles that may override sizes in a figure's file.
  package static let overriding: [Profile] = [.smoke, .quick]
}
