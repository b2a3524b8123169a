/// The shape of one image's activations: `[channels, height, width]`.
package struct ActivationShape: Sendable, Hashable {
  /// C.
  package let channels: Int
  /// H.
  package let height: Int
  /// W.
  package let width: Int

  /// A shape of positive lengths.
  package init(channels: Int, height: Int, width: Int) {
    precondition(
      channels > 0 && height > 0 && width > 0,
      "expected positive lengths, got \(channels), \(height), \(width)")
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// C · H · W.
  package var count: Int { channels * height * width }
}
