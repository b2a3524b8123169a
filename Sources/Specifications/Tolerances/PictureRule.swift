/// When a picture of one report may stand for that of another.
package enum PictureRule: Equatable, Sendable {
  /// At most this share of the pixels is another, in 0…1.
  case changedShare(Double)
  /// Differences are shown and do not make the reports differ.
  case notCounted
}
