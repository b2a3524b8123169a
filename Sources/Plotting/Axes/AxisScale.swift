import Foundation

/// How numbers become distances along an axis.
package enum AxisScale: String, Sendable, CaseIterable {
  /// Distance ∝ x.
  case linear
  /// Distance ∝ log10 x, for x > 0.
  case log10

  /// The coordinate in which distances are even: x or log10 x; NaN where there is none.
  func coordinate(of value: Double) -> Double {
    switch self {
    case .linear: value
    case .log10: value > 0 ? Foundation.log10(value) : .nan
    }
  }

  /// The number at a coordinate.
  func value(at coordinate: Double) -> Double {
    switch self {
    case .linear: coordinate
    case .log10: pow(10, coordinate)
    }
  }
}
