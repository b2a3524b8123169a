import Flatness
import LinearAlgebra

/// The curvature of the loss of a network of the user's own on its training set.
package struct HessianJob: Sendable {
  private let files: NetworkFiles
  private let top: Int
  private let withTrace: Bool

  /// - Parameters:
  ///   - top: how many eigenvalues at most; at least 1.
  ///   - withTrace: whether the trace is measured too.
  package init(_ files: NetworkFiles, top: Int, withTrace: Bool = false) {
    self.files = files
    self.top = top
    self.withTrace = withTrace
  }

  /// Measures it.
  ///
  /// - Throws: `SafetensorsError` or `NumpyArrayError` for a file that cannot be used;
  ///   `FlatnessError.cancelled`.
  package func execute(isCancelled: () -> Bool = { false }) throws -> HessianAnswer {
    let loaded = try files.load()
    // As in the runs of a report: one thread, so that the order of sums does not depend on the machine.
    BLASRuntime.threadCount = 1
    let estimate = try HessianSpectrum(top: top).measure(
      of: loaded.network, inputs: loaded.inputs, labels: loaded.labels, isCancelled: isCancelled)
    return HessianAnswer(
      spectralNorm: estimate.spectralNorm, topEigenvalues: estimate.topEigenvalues,
      logProduct: estimate.logProduct, n: estimate.n,
      trace: withTrace
        ? try HessianTrace.measure(of: loaded.network, inputs: loaded.inputs, labels: loaded.labels) : nil,
      products: estimate.products, wrong: loaded.wrong)
  }
}

/// What `plateau hessian` prints; with `--json`, every key is always there, and `trace` where it was asked
/// for.
package struct HessianAnswer: Encodable, Sendable {
  /// The largest eigenvalue in magnitude.
  package let spectralNorm: Double
  /// The largest positive ones, descending.
  package let topEigenvalues: [Double]
  /// ln of their product; nil, printed as null, when no eigenvalue is positive.
  package let logProduct: Double?
  /// The number of parameters, which is the size of the Hessian.
  package let n: Int
  /// The sum of all eigenvalues; nil where nobody asked for it.
  package let trace: Double?
  /// How many Hessian–vector products it took; not in the JSON.
  package let products: Int
  /// Likewise.
  package let wrong: WrongLabels

  private enum CodingKeys: CodingKey { case spectralNorm, topEigenvalues, logProduct, n, trace }

  /// As the compiler would write it, but for `logProduct`, which it would leave out.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(spectralNorm, forKey: .spectralNorm)
    try container.encode(topEigenvalues, forKey: .topEigenvalues)
    try container.encode(logProduct, forKey: .logProduct)
    try container.encode(n, forKey: .n)
    try container.encodeIfPresent(trace, forKey: .trace)
  }
}
