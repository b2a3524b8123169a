/// The normalisation of an image's channels: (p/255 − mean)/(standard deviation), p the pixel, 0…255.
public struct NormalisationSpec: Codable, Hashable, Sendable {
  /// The mean of each channel, in units of p/255.
  public var mean: [Double]
  /// The standard deviation of each channel, in the same units; above 0.
  public var standardDeviation: [Double]

  /// A normalisation, for each channel.
  public init(mean: [Double], standardDeviation: [Double]) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}
