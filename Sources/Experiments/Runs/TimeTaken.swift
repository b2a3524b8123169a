import LinearAlgebra

/// What a part of a run took.
struct TimeTaken: Equatable, Sendable {
  /// On the wall.
  var seconds: Double
  /// On processors (`ProcessorMeter`); nil where nobody took it, as in parts of old programs.
  var processorSeconds: Double?

  static let none = TimeTaken(seconds: 0, processorSeconds: 0)

  /// Of two parts together; on processors only where both are known.
  static func + (one: TimeTaken, other: TimeTaken) -> TimeTaken {
    TimeTaken(
      seconds: one.seconds + other.seconds,
      processorSeconds: one.processorSeconds.flatMap { one in other.processorSeconds.map { one + $0 } })
  }
}

/// Takes the time of a part of a run from the moment it is made.
struct RunTimer {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let processorStart: Double?

  init() {
    start = clock.now
    processorStart = ProcessorMeter.current?.seconds
  }

  /// What has been taken so far, on the thread that began.
  var taken: TimeTaken {
    TimeTaken(
      seconds: start.duration(to: clock.now).seconds,
      processorSeconds: processorStart.flatMap { start in
        ProcessorMeter.current.map { $0.seconds - start }
      })
  }
}
