/// The largest rise of the loss on S where each parameter may move by a part of itself: adaptive worst-case
/// sharpness (Andriushchenko et al. 2023),
///
///     max of L(w + δ) − L(w) over |δᵢ| ≤ ρ |wᵢ|, weights and biases alike.
///
/// The search is Auto-PGD (Croce & Hein 2020) in the coordinates v = δ / |w|, from v = 0: steps along the sign
/// of the gradient with a momentum, clipped to the box; at its checkpoints, which come ever closer, the step
/// is halved and the search goes back to the best point where too few steps have gained. Like every search it
/// finds a lower bound. It draws no random number.
///
/// Box and steps scale with the weights, so the value is invariant to rescaling, of layers and of neurons. Costs
/// ``steps`` + 1 losses with gradients over S, in Float64 for fully connected networks.
package struct AdaptiveWorstSharpness: Sendable, Equatable {
  /// ρ.
  package let radius: Double
  /// How many steps.
  package let steps: Int
  /// The length of the first ones, in units of ρ.
  package let firstStep: Double
  /// The weight of the new step beside that of the one before.
  package let momentum: Double

  /// The first checkpoint, the decrease of the time between two of them and its least value, in hundredths of
  /// all steps: Croce & Hein's values, as are the next.
  private static let (firstPeriod, decrease, leastPeriod) = (22, 3, 6)
  /// The part of the steps between two checkpoints that must gain.
  private static let gaining = 0.75

  /// A search in the box of relative half-width ρ = `radius`.
  package init(radius: Double, steps: Int, firstStep: Double, momentum: Double) {
    precondition(radius > 0 && firstStep > 0, "expected a positive radius and step")
    precondition(steps > 0, "expected a positive number of steps, got \(steps)")
    precondition(momentum > 0 && momentum <= 1, "expected a momentum in (0, 1], got \(momentum)")
    self.radius = radius
    self.steps = steps
    self.firstStep = firstStep
    self.momentum = momentum
  }

  /// The value for a network on S, in nats; never negative.
  ///
  /// - Parameter isCancelled: asked before each step.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` or ``FlatnessError/searchCancelled(iteration:)``.
  package func measure(
    of problem: any MeasuredProblem, isCancelled: () -> Bool = { false }
  ) throws(FlatnessError) -> Double {
    let centre = problem.parameters.map(Double.init)
    let checkpoints = checkpoints
    var gradient = [Double](repeating: 0, count: centre.count)
    var position = gradient
    var previous = position
    let loss = try FlatnessError.finite(problem.lossAndGradient(at: centre, gradient: &gradient))
    var best = (loss: loss, position: position, gradient: gradient)
    var (value, step, gains) = (loss, firstStep * radius, 0)
    var last = (checkpoint: 0, hasHalved: true, best: loss)
    for iteration in 1...steps {
      if isCancelled() { throw .searchCancelled(iteration: iteration) }
      // The first step has none before it.
      let weight = iteration == 1 ? 1 : momentum
      for i in centre.indices {
        let slope = gradient[i] * centre[i].magnitude
        let climbed = clipped(position[i] + (slope > 0 ? step : slope < 0 ? -step : 0))
        let next = clipped(
          position[i] + weight * (climbed - position[i]) + (1 - weight) * (position[i] - previous[i]))
        (previous[i], position[i]) = (position[i], next)
      }
      let moved = centre.indices.map { centre[$0] + position[$0] * abs(centre[$0]) }
      let here = try FlatnessError.finite(
        problem.lossAndGradient(at: moved, gradient: &gradient), step: iteration)
      if here > value { gains += 1 }
      value = here
      if here > best.loss { best = (here, position, gradient) }
      guard checkpoints.contains(iteration) else { continue }
      let isTooSlow = Double(gains) < Self.gaining * Double(iteration - last.checkpoint)
      let isStuck = !last.hasHalved && best.loss == last.best
      if isTooSlow || isStuck {
        step /= 2
        (position, previous, gradient, value) = (best.position, best.position, best.gradient, best.loss)
      }
      (last, gains) = ((iteration, isTooSlow || isStuck, best.loss), 0)
    }
    return best.loss - loss
  }

  /// The steps after which the search looks back.
  var checkpoints: Set<Int> {
    var (part, period) = (Self.firstPeriod, Self.firstPeriod)
    var found: Set<Int> = []
    while part < 100 {
      found.insert((part * steps + 99) / 100)
      period = max(period - Self.decrease, Self.leastPeriod)
      part += period
    }
    return found
  }

  private func clipped(_ coordinate: Double) -> Double { min(max(coordinate, -radius), radius) }
}
