/// What `plateau hessian --json` prints; every key is always there.
struct HessianAnswer: Encodable {
  let spectralNorm: Double
  let topEigenvalues: [Double]
  /// nil, printed as null, when no eigenvalue is positive.
  let logProduct: Double?
  let n: Int

  private enum CodingKeys: CodingKey { case spectralNorm, topEigenvalues, logProduct, n }

  /// As the compiler would write it, but for the optional, which it would leave out.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(spectralNorm, forKey: .spectralNorm)
    try container.encode(topEigenvalues, forKey: .topEigenvalues)
    try container.encode(logProduct, forKey: .logProduct)
    try container.encode(n, forKey: .n)
  }
}
