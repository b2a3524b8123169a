/// The normalisation of an image's channels: (p/255 − mean)/(standard deviation), p the pixel, 0…255.
package struct NormalisationSpec: Codable, Hashable, Sendable {
  /// The mean of each channel, in units of p/255.
  package var mean: [Double]
  /// The standard deviation of each channel, in the same units; above 0.
  package var standardDeviation: [Double]

  /// A normalisation, for each channel.
  package init(mean: [Double], standardDeviation: [Double]) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}
