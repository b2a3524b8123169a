import Encodings
import LinearAlgebra
import NeuralNetworks
import Planning
import Specifications
import Synchronization
import Training

/// Follows one training from its first epoch and measures it at regular distances.
///
/// Networks are collected in blocks; the points of a block are measured at once by several workers, each
/// point by one. The priors of a block follow each other in one of the workers, because each starts from the
/// sites of the one before. So results do not depend on the number of workers.
struct TimelineExecution {
  let settings: TimelineSettings
  let measuring: NetworkMeasurement
  let workers: Int

  /// Points measured together: enough to keep the workers busy while one of them does the priors, few enough
  /// to hold their networks.
  private static let blockSize = 64

  /// One point before it is measured.
  private struct Snapshot {
    let network: FullyConnectedNetwork
    let function: [UInt8]
  }

  /// The course of `session`, which stands at its beginning.
  ///
  /// - Throws: `TrainingError` or `FlatnessError` when cancelled.
  func follow(
    _ session: FullyConnectedTraining, progress: @escaping @Sendable (Double) -> Void
  ) throws -> TimelineResult {
    var result = TimelineResult()
    var functions: [[UInt8]] = []
    var zeroErrorFunction: [UInt8]?
    var block: [Snapshot] = []
    let tracks = settings.measurements.compactMap(\.prior).map { PriorTrack($0, measuring: measuring) }
    let cap = measuring.context.spec.stop.epochs

    func take() {
      let network = session.network
      let function = measuring.context.function(of: network)
      block.append(Snapshot(network: network, function: function))
      functions.append(function)
      result.epochs.append(session.epoch)
      result.lossOnTrain.append(session.lossOnTrain.isFinite ? session.lossOnTrain : nil)
      result.trainAccuracy.append(session.trainAccuracy)
      guard let accuracy = measuring.context.testAccuracy(of: function) else {
        preconditionFailure("expected a timeline with a test set")
      }
      result.testAccuracy.append(accuracy)
      result.function.append(
        String(SHA256.hex(of: Array(RunContext.text(function).utf8)).prefix(16)))
    }
    func measure() throws {
      try self.measure(block, tracks: tracks, into: &result)
      block.removeAll()
      let last = (result.zeroErrorEpoch ?? session.epoch) + settings.epochsPast
      progress(Double(session.epoch) / Double(max(last, 1)))
    }

    take()
    while !session.hasDiverged {
      if measuring.isCancelled() { throw TrainingError.cancelled(epoch: session.epoch) }
      if result.zeroErrorEpoch == nil, session.hasZeroError {
        result.zeroErrorEpoch = session.epoch
        zeroErrorFunction = functions.last
      }
      if let zero = result.zeroErrorEpoch {
        if let rescaling = settings.rescaling, result.rescalingIndex == nil,
          session.epoch == zero + rescaling.epochsPast
        {
          session.rescale(layer: rescaling.layer - 1, by: 1 / rescaling.alpha)
          result.rescalingIndex = functions.count
          take()
        }
        if session.epoch >= zero + settings.epochsPast { break }
      } else if session.epoch >= cap {
        break
      }
      session.advance()
      if session.hasDiverged { break }
      let isLandmark = isLandmark(session, zero: result.zeroErrorEpoch)
      if session.epoch % settings.every == 0 || isLandmark { take() }
      if block.count >= Self.blockSize { try measure() }
    }
    // The last epoch is always measured, unless its loss is not finite.
    if !session.hasDiverged, result.epochs.last != session.epoch { take() }
    try measure()
    if session.hasDiverged {
      result.failures.append("the loss became NaN or infinite in epoch \(session.epoch)")
    }
    result.changedOnTest = functions.map { function in
      zeroErrorFunction.map { zero in
        zip(function, zero).dropFirst(measuring.context.split.training.count).count { $0 != $1 }
      }
    }
    return result
  }

  /// Whether the epoch is measured even between two regular points: the first with zero error, the one of the
  /// rescaling, and the last one past zero error.
  private func isLandmark(_ session: FullyConnectedTraining, zero: Int?) -> Bool {
    guard let zero else { return session.hasZeroError }
    let past = session.epoch - zero
    return past == settings.rescaling?.epochsPast || past == settings.epochsPast
  }

  /// A value of a measurement that a timeline stores at every point.
  private struct Followed {
    let identity: String
    let value: MeasuredValue
    let course: MeasuredValue.Course
  }

  /// The shared results of the workers.
  private struct Board {
    var values: [String: [Double?]] = [:]
    var logProducts: [String: [Double?]] = [:]
    var failures: [String] = []
    var error: (any Error)?

    init(_ followed: [[Followed]], points: Int) {
      for item in followed.joined() {
        self[item.course][item.identity] = [Double?](repeating: nil, count: points)
      }
    }

    subscript(course: MeasuredValue.Course) -> [String: [Double?]] {
      get { course == .values ? values : logProducts }
      set { if course == .values { values = newValue } else { logProducts = newValue } }
    }

    mutating func record(_ found: MeasurementResult, _ followed: [Followed], at point: Int) {
      if case .failed(let reason) = found, let identity = followed.first?.identity {
        failures.append("\(identity): \(reason)")
      }
      for item in followed { self[item.course][item.identity]?[point] = item.value.read(found) }
    }
  }

  private func measure(_ block: [Snapshot], tracks: [PriorTrack], into result: inout TimelineResult) throws {
    let others = settings.measurements.filter { $0.prior == nil }
    let followed = others.map { measurement in
      let identity = MeasurementSpec.atZeroError(measurement).identity
      return MeasureDefinition.values.filter { $0.isGiven(by: measurement) }.compactMap { value in
        value.course.map { Followed(identity: identity, value: value, course: $0) }
      }
    }
    let board = Mutex(Board(followed, points: block.count))
    // The priors come first: they are the longest piece of work.
    let pieces = tracks.count + block.count * others.count
    let next = Atomic(0)
    ProcessorMeter.concurrently(max(1, min(workers, pieces))) { _ in
      let workspaces = PriorWorkspaces()
      while true {
        let piece = next.add(1, ordering: .relaxed).oldValue
        guard piece < pieces, !measuring.isCancelled() else { return }
        if piece < tracks.count {
          let (values, failures) = tracks[piece].values(block.map(\.function), workspaces: workspaces)
          board.withLock {
            $0.values[tracks[piece].identity] = values
            $0.failures += failures
          }
          continue
        }
        let point = (piece - tracks.count) / others.count
        let index = (piece - tracks.count) % others.count
        do {
          let found = try measuring.measure(
            others[index], on: block[point].network, function: block[point].function, workspaces: workspaces)
          board.withLock { $0.record(found, followed[index], at: point) }
        } catch {
          board.withLock { $0.error = error }
          return
        }
      }
    }
    let done = board.withLock { $0 }
    if let error = done.error { throw error }
    if measuring.isCancelled() { throw TrainingError.cancelled(epoch: result.epochs.last ?? 0) }
    for (identity, values) in done.values { result.values[identity, default: []] += values }
    for (identity, values) in done.logProducts { result.logProducts[identity, default: []] += values }
    for failure in Set(done.failures).sorted() where !result.failures.contains(failure) {
      result.failures.append(failure)
    }
  }
}
