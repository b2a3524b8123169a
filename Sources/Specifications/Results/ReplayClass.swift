/// How reproducible a result is: what to expect when it is computed again on another machine.
package enum ReplayClass: String, Codable, Sendable, CaseIterable {
  /// The same bits on the same kind of machine.
  case bitwise
  /// Equal up to rounding.
  case numeric
  /// Another draw from the same distribution: training is chaotic, and another CPU rounds differently.
  case statistical

  /// The class of a result that is computed from results of `classes`; bitwise if there are none.
  package static func weakest(_ classes: some Sequence<ReplayClass>) -> ReplayClass {
    let found = Set(classes)
    return found.contains(.statistical) ? .statistical : found.contains(.numeric) ? .numeric : .bitwise
  }
}
