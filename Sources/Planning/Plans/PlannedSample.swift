import Specifications

/// One sample of functions that figures need.
package struct PlannedSample: Equatable, Sendable {
  /// The sample.
  package var spec: FunctionSampleSpec
  /// The ids of the figures that use it, in the paper's order.
  package var figures: [String]

  /// A sample for the figures named.
  package init(spec: FunctionSampleSpec, figures: [String]) {
    self.spec = spec
    self.figures = figures
  }
}
