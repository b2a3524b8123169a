import Encodings
import Foundation
import Specifications

/// What is to be said of priors by importance sampling.
extension FigureNotes {
  /// How far expectation propagation is off, how much that differs between functions, and what was left out.
  func importanceSamplingNotes(_ panel: ScatterPanel) -> [String] {
    guard panel.x == .priorError || panel.y == .priorError else { return [] }
    return panel.likelihoods.flatMap { likelihood -> [String] in
      func values(_ quantity: Quantity) -> [Double] {
        panel.comparable.compactMap { $0.value(quantity, likelihood: likelihood) }
      }
      let errors = values(.priorError).sorted()
      guard let least = errors.first, let most = errors.last, errors.count > 1 else { return [] }
      let name = QuantityText.name(likelihood)
      func nats(_ value: Double) -> String { NumberText.plain(value, digits: 2) }
      let spread = Self.deviation(errors)
      let whole = log(10) * Self.deviation(values(.log10PriorSampled))
      let missing = panel.comparable.count - errors.count
      let untrusted =
        missing == 0
        ? []
        : [
          "\(missing) of \(panel.comparable.count) functions have no prior by sampling whose error bar can be relied on (\(name) likelihood): they are not drawn, and leave the statistics unmeasured."
        ]
      return [
        "With the \(name) likelihood, expectation propagation is off by \(nats(Self.median(ofSorted: errors))) nats in the median, from \(nats(least)) to \(nats(most)); between functions ln P(f) deviates by \(nats(whole)) nats, this error by \(nats(spread)).\(dependence(of: panel, likelihood))"
      ] + untrusted
    }
  }

  /// Whether an error that is drawn against |A| depends on it, by the interval of Spearman's ρ.
  private func dependence(of panel: ScatterPanel, _ likelihood: PriorSettings.Likelihood) -> String {
    guard Set([panel.x, panel.y]) == [.attackSize, .priorError],
      case .measured(let rho, let interval?, _) = panel.estimate(likelihood, .spearman, in: statistics)
    else { return "" }
    let numbers = [rho, interval.lowerBound, interval.upperBound].map(NumberText.correlation)
    return
      " Its Spearman ρ with |A| is \(numbers[0]) [\(numbers[1]), \(numbers[2])]: "
      + (interval.contains(0)
        ? "no dependence on the quality of the labels is seen."
        : "it depends on the quality of the labels.")
  }

  /// What the bars of points are.
  var bars: [String] {
    let hasBars = panels.scatters.contains { panel in
      panel.rows.contains { row in
        [panel.x, panel.y].contains { row.interval($0, likelihood: panel.drawnLikelihood) != nil }
      }
    }
    return hasBars ? ["Bars are 95 % intervals: 1.96 standard errors to either side."] : []
  }

  /// The standard deviation of several values.
  private static func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }
}
