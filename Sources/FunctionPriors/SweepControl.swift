/// Decides from the sequence of log evidences when the sweeps have converged and when they must be damped.
///
/// The evidence is stationary at the fixed point, so its error is the square of the sites': it settles first,
/// and its changes fall by a steady rate ρ, with about change·ρ/(1 − ρ) still to go.
struct SweepControl {
  let tolerance: Double
  private(set) var damping: Double
  var dampedSweeps = 0
  private var evidences: [Double] = []
  private var growths = 0

  init(tolerance: Double, damping: Double) {
    self.tolerance = tolerance
    self.damping = damping
  }

  mutating func record(_ logEvidence: Double) {
    evidences.append(logEvidence)
    growths = isGrowing ? growths + 1 : 0
  }

  /// The last change, in nats.
  var change: Double? { change(before: 0) }

  private func change(before sweeps: Int) -> Double? {
    let last = evidences.count - 1 - sweeps
    return last >= 1 ? evidences[last] - evidences[last - 1] : nil
  }

  /// Whether the distance still to go is within the tolerance. The rate is the worse one of the last two
  /// sweeps, doubled, because it still rises while slow modes come to the fore.
  var isConverged: Bool {
    guard let last = change.map(abs) else { return false }
    // A change of nothing but rounding says that there is no more to gain.
    let rounding = 0x1p-52 * abs(evidences.last ?? 0)
    if last <= rounding { return true }
    guard let one = change(before: 1).map(abs), one > 0 else { return false }
    var rate = last / one
    if let two = change(before: 2).map(abs), two > 0 { rate = max(rate, one / two) }
    return rate < 1 && last * 2 * rate / (1 - rate) <= tolerance && last <= 1000 * tolerance
  }

  /// Whether the last change is larger than the one before, by more than rounding.
  var isGrowing: Bool {
    guard let last = change.map(abs), let previous = change(before: 1).map(abs) else { return false }
    return last > previous && last > max(tolerance, 1e-9 * abs(evidences.last ?? 0))
  }

  /// Whether the changes have grown three times running: the first sweeps from afar grow twice at most.
  var isOscillating: Bool { growths >= 3 }

  /// Halves the factor that updates are scaled by.
  mutating func damp() {
    damping /= 2
    growths = 0
  }
}
