/// A thin dashed line across a panel that marks one number.
package enum Reference: Equatable, Sendable {
  /// At one x, such as the epoch of zero error; `label` in markup.
  case vertical(Double, label: String)
  /// At one y of the left axis; `label` in markup.
  case horizontal(Double, label: String)
}
