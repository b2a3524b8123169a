/// What `plateau sharpness --json` prints; every key is always there.
struct SharpnessAnswer: Encodable {
  let sharpness: Double
  /// nil, printed as null, when the sharpness is 0.
  let log10Sharpness: Double?
  let loss: Double
  let maximumLoss: Double
  let method: String
  let box: Double
  /// Epochs of the ascent, or iterations of L-BFGS-B.
  let epochs: Int

  private enum CodingKeys: CodingKey {
    case sharpness, log10Sharpness, loss, maximumLoss, method, box, epochs
  }

  /// As the compiler would write it, but for the optional, which it would leave out.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sharpness, forKey: .sharpness)
    try container.encode(log10Sharpness, forKey: .log10Sharpness)
    try container.encode(loss, forKey: .loss)
    try container.encode(maximumLoss, forKey: .maximumLoss)
    try container.encode(method, forKey: .method)
    try container.encode(box, forKey: .box)
    try container.encode(epochs, forKey: .epochs)
  }
}
