/// One sample of functions that figures need.
public struct PlannedSample: Equatable, Sendable {
  /// The sample.
  public var spec: FunctionSampleSpec
  /// The ids of the figures that use it, in the paper's order.
  public var figures: [String]

  /// A sample for the figures named.
  public init(spec: FunctionSampleSpec, figures: [String]) {
    self.spec = spec
    self.figures = figures
  }
}
