/// One climb from corner to corner of a box, in coordinates ±1.
struct CornerClimb {
  /// The corner whose loss is asked for next.
  private(set) var trial: [Double]
  /// Whether there is none.
  private(set) var isOver = false
  /// How many losses were given.
  private(set) var passes = 0

  /// The highest corner so far; nil before the first loss.
  private var best: (corner: [Double], loss: Double)?
  /// The coordinates of ``best`` on the lower side of its gradient, those with the largest slope first.
  private var uphill: [Int] = []
  /// How many of them move next.
  private var moved = 0

  init(from corner: [Double]) { trial = corner }

  /// Goes on with the loss and its gradient at ``trial``.
  mutating func advance(loss: Double, gradient: ArraySlice<Double>, isLast: Bool) {
    passes += 1
    if let best, loss <= best.loss {
      moved /= 4
    } else {
      let isWhole = moved == uphill.count
      let slopes = Array(gradient)
      uphill = trial.indices.filter { slopes[$0] * trial[$0] < 0 }.sorted {
        abs(slopes[$0]) > abs(slopes[$1])
      }
      // After a part of the moves twice that part is tried: a large step has just failed.
      moved = isWhole ? uphill.count : min(uphill.count, 2 * max(moved, 1))
      best = (trial, loss)
    }
    guard moved > 0, !isLast, let best else {
      isOver = true
      return
    }
    trial = best.corner
    for i in uphill.prefix(moved) { trial[i].negate() }
  }
}
