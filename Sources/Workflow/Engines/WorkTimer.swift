import Experiments

/// Takes the time of work that is repeated, within a bound for all of it.
final class WorkTimer {
  private let end: ContinuousClock.Instant
  private let finish: () -> Void
  private let isCancelled: () -> Bool
  private let clock = ContinuousClock()

  /// - Parameters:
  ///   - bound: seconds from now on.
  ///   - finish: waits until what was asked for is done.
  init(bound: Double, finish: @escaping () -> Void, isCancelled: @escaping () -> Bool) {
    end = clock.now + .seconds(bound)
    self.finish = finish
    self.isCancelled = isCancelled
  }

  private var secondsLeft: Double { clock.now.duration(to: end).seconds }

  /// The median of the seconds that `work` takes, read up to nine times in `share` of the time that is left, once at
  /// least; nil where the bound has no room for that.
  ///
  /// The first call is not counted: it makes what is kept. Short work is read some calls at once, so that a GPU's queue
  /// is as full as in use.
  func median(share: Double, _ work: () -> Void) -> Double? {
    guard secondsLeft > 0, !isCancelled() else { return nil }
    let bound = clock.now + .seconds(share * secondsLeft)
    func seconds(_ count: Int) -> Double {
      let time = clock.measure {
        for _ in 0..<count { work() }
        finish()
      }
      return time.seconds / Double(count)
    }
    guard seconds(1) < secondsLeft, !isCancelled() else { return nil }
    let first = seconds(1)
    let count = max(1, min(20, Int(0.5 / first)))
    var readings = count == 1 ? [first] : []
    while readings.isEmpty || (readings.count < 9 && clock.now < bound && !isCancelled()) {
      readings.append(seconds(count))
    }
    return readings.sorted()[readings.count / 2]
  }
}
