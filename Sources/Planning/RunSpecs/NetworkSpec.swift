/// A network's architecture and its initial distribution.
public struct NetworkSpec: Codable, Hashable, Sendable {
  /// The family of networks.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable { case fcn }
  /// The family of networks.
  public var kind: Kind
  /// Units of each hidden layer, input to output.
  public var hidden: [Int]
  /// Standard deviation of the biases at initialisation; weights are N(0, 2/fan_in).
  public var biasStandardDeviation: Double

  /// A network from its shape and initial distribution.
  public init(kind: Kind, hidden: [Int], biasStandardDeviation: Double) {
    self.kind = kind
    self.hidden = hidden
    self.biasStandardDeviation = biasStandardDeviation
  }
}
