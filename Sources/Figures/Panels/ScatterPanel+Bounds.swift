import Encodings
import Plotting
import Specifications

/// A panel that sets a bound on the error beside the measured error.
extension ScatterPanel {
  /// Whether it is one.
  var comparesErrors: Bool { x == .testError && y.isBound }

  /// The diagonal over the measured errors, on which a bound is the error itself; below it no bound holds.
  var errorDiagonal: LineSeries? {
    guard comparesErrors, let low = drawnPoints.map(\.x).min(), let high = drawnPoints.map(\.x).max() else {
      return nil
    }
    // Without a name: a legend would have no place clear of the points, and the caption names the line. Drawn through,
    // since the lines beside it are dashed.
    return Self.diagonal(from: low, to: high, isDashed: false)
  }

  /// The bounds by P(S) in %, one for each S of the runs.
  var marginalLikelihoodBounds: [Double] {
    Set(rows.compactMap { $0.value(.marginalLikelihoodBound, likelihood: drawnLikelihood) }).sorted()
  }

  /// Lines at those bounds, and at 100 %, above which a bound says nothing.
  var bounds: [Reference] {
    guard comparesErrors else { return [] }
    let vacuous = drawnPoints.contains { $0.y > 100 } ? [Reference.horizontal(100, label: "100 %")] : []
    return vacuous
      + (y == .marginalLikelihoodBound ? [] : marginalLikelihoodBounds).map {
        .horizontal($0, label: "by <i>P</i>(<i>S</i>): \(NumberText.plain($0)) %")
      }
  }

  /// Each comparable run's bound less its error, in percentage points; nil where one was not measured.
  func excesses(_ likelihood: PriorSettings.Likelihood) -> [Double]? {
    let (errors, bounds) = values(likelihood)
    let excesses = zip(errors, bounds).map { $1 - $0 }
    return excesses.isEmpty || excesses.contains { !$0.isFinite } ? nil : excesses
  }
}
