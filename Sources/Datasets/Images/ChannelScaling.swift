/// The normalisation of an image's channels: x = (p/255 − mean)/(standard deviation), p the pixel, 0…255.
package struct ChannelScaling: Sendable, Equatable {
  /// The mean of each channel, in units of p/255.
  package let mean: [Double]
  /// The standard deviation of each channel, in the same units; above 0.
  package let standardDeviation: [Double]

  /// The number of channels.
  package var channelCount: Int { mean.count }

  /// A normalisation; as many means as standard deviations, which are above 0.
  package init(mean: [Double], standardDeviation: [Double]) {
    precondition(
      mean.count == standardDeviation.count && standardDeviation.allSatisfy { $0 > 0 },
      "expected as many means as positive standard deviations, got \(mean) and \(standardDeviation)")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// The input that each pixel becomes, by channel: shape `[channelCount, 256]`.
  var inputs: [[Float]] {
    zip(mean, standardDeviation).map { mean, deviation in
      (0...255).map { Float((Double($0) / 255 - mean) / deviation) }
    }
  }
}
