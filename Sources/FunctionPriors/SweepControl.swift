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
  private var firstSinceDamping = 0

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
    return last > previous && last > noise
  }

  /// Whether the sweeps do not settle: the changes have grown three times running (the first sweeps from afar
  /// grow twice at most), or they do not shrink.
  var isOscillating: Bool { growths >= 3 || isCycling || isStalled }

  /// Whether the last four changes alternate in sign and lose less than a tenth each time: a cycle of two.
  private var isCycling: Bool {
    let last = recentChanges(4)
    guard last.count == 4, let end = last.last, abs(end) > noise else { return false }
    return zip(last, last.dropFirst()).allSatisfy { $0 * $1 < 0 && abs($1) > 0.9 * abs($0) }
  }

  /// Whether the largest of the last four changes is no smaller than that of the four before.
  private var isStalled: Bool {
    let last = recentChanges(8).map(abs)
    guard last.count == 8, let before = last[..<4].max(), let now = last[4...].max() else { return false }
    return now >= before && now > noise
  }

  /// Whether the last three changes go one way and shrink to less than 0.01 nats, as they do near the fixed
  /// point only.
  var isSettling: Bool {
    let last = recentChanges(3)
    guard last.count == 3, abs(last[2]) < 0.01 else { return false }
    return zip(last, last.dropFirst()).allSatisfy { $0 * $1 > 0 && abs($1) < abs($0) }
  }

  /// The last changes since the updates were last damped, if there are so many.
  private func recentChanges(_ count: Int) -> [Double] {
    guard evidences.count - firstSinceDamping > count else { return [] }
    let tail = evidences.suffix(count + 1)
    return zip(tail, tail.dropFirst()).map { $1 - $0 }
  }

  /// The size below which a change may be nothing but rounding.
  private var noise: Double { max(tolerance, 1e-9 * abs(evidences.last ?? 0)) }

  /// Halves the factor that updates are scaled by.
  mutating func damp() {
    damping /= 2
    growths = 0
    firstSinceDamping = evidences.count
  }
}
