/// The shape of one image's activations: `[channels, height, width]`.
public struct ActivationShape: Sendable, Hashable {
  /// C.
  public let channels: Int
  /// H.
  public let height: Int
  /// W.
  public let width: Int

  /// A shape of positive lengths.
  public init(channels: Int, height: Int, width: Int) {
    precondition(
      channels > 0 && height > 0 && width > 0,
      "expected positive lengths, got \(channels), \(height), \(width)")
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// C · H · W.
  public var count: Int { channels * height * width }
}
