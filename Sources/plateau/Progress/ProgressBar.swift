import Experiments
import Foundation
import Specifications
import Synchronization

/// How far the runs are: a live bar on a terminal, now and then a plain line otherwise. On standard error.
final class ProgressBar: Sendable {
  private struct State {
    var total: Int
    var finished = 0
    var finishedWeight = 0.0
    var running: [TrainingSpec] = []
    /// An epoch of the trainings under way, and the share of right answers on S after it.
    var trainings: [TrainingSpec: (epochs: Int, accuracy: Double)] = [:]
    var lastEpoch = ContinuousClock.now

    /// Takes note of an epoch, at most twice a second: the shortest take microseconds, and to hash a spec takes
    /// as long. At zero error a training is over.
    mutating func note(_ spec: TrainingSpec, epochs: Int, accuracy: Double) {
      if accuracy == 1 {
        if !trainings.isEmpty { trainings[spec] = nil }
        return
      }
      let now = ContinuousClock.now
      guard lastEpoch.duration(to: now) > .milliseconds(500) else { return }
      lastEpoch = now
      trainings[spec] = (epochs, accuracy)
    }
    var lastLine = ContinuousClock.now
    var isOver = false
    /// Of the one run that reports how far it is: runs with a timeline go one by one.
    var partWeight = 0.0
    /// Of the Monte-Carlo kernels, as far as they are done.
    var kernelWeight = 0.0
    /// The Monte-Carlo kernel that is being made: initialisations done, of how many.
    var kernel: (done: Int, of: Int)?
    /// The sample that is being drawn, and how much of it.
    var sample: (spec: FunctionSampleSpec, drawn: Int)?
    /// Of samples that were drawn, and runs that were made, in part by an earlier call: no time of this one.
    var storedWeight = 0.0
    /// Whether the next share of a run is an earlier call's.
    var isResuming = false

    /// Whether five seconds, or `interval`, have gone since the last plain line; notes that one is written now.
    mutating func isLineDue(always: Bool = false, after interval: Duration = .seconds(5)) -> Bool {
      let now = ContinuousClock.now
      let isDue = always || lastLine.duration(to: now) > interval
      if isDue { lastLine = now }
      return isDue
    }
  }
  private let state: Mutex<State>
  private let weights: [TrainingSpec: Double]
  private let sampleWeights: [FunctionSampleSpec: Double]
  private let kernelWeight: Double
  private let totalWeight: Double
  private let hasWork: Bool
  private let start = ContinuousClock.now
  private let isTerminal = isatty(STDERR_FILENO) != 0

  /// A bar over `samples` of functions, `runs` and `kernels`, with the seconds that they are expected to
  /// take.
  init(
    samples: [(spec: FunctionSampleSpec, seconds: Double)], runs: [(run: TrainingSpec, seconds: Double)],
    kernels: Double = 0
  ) {
    kernelWeight = kernels
    state = Mutex(State(total: runs.count))
    sampleWeights = Dictionary(samples.map { ($0.spec, $0.seconds) }, uniquingKeysWith: { first, _ in first })
    weights = Dictionary(runs.map { ($0.run, $0.seconds) }, uniquingKeysWith: { first, _ in first })
    totalWeight = max(
      samples.reduce(0) { $0 + $1.seconds } + runs.reduce(kernels) { $0 + $1.seconds }, 1e-9)
    hasWork = !samples.isEmpty || !runs.isEmpty
    guard isTerminal, hasWork else { return }
    // A thread of its own: the runs keep every thread of the task pool busy.
    Thread.detachNewThread { [weak self] in
      while let bar = self, !bar.state.withLock({ $0.isOver }) {
        bar.draw()
        Thread.sleep(forTimeInterval: 0.5)
      }
    }
  }

  /// Takes note of one event.
  func record(_ event: Runner.Event) {
    switch event {
    case .preparing(let runs):
      // A sample may have found fewer functions than runs were planned for.
      state.withLock { $0.total = runs }
      if !isTerminal { Console.note("plateau: runs to do: \(runs); computing kernels") }
    case .averaging(_, let done, let count):
      let isDue = state.withLock { state in
        state.kernel = done < count ? (done, count) : nil
        state.kernelWeight = max(state.kernelWeight, kernelWeight * Double(done) / Double(count))
        return state.isLineDue()
      }
      show(isLineDue: isDue)
    case .replaced(let spec):
      Console.note(
        "plateau: the stored run (\(Self.name(spec))) had come out differently, "
          + "on another machine or with other BLAS kernels; it is replaced")
    case .damagedKernel(let damage): Console.note("plateau: \(damage)")
    case .waiting: Console.note("plateau: another process draws the same sample; waiting for it")
    case .sampling(let spec, let drawn):
      let isDue = state.withLock { state in
        // Workers report in any order.
        func weight(_ networks: Int) -> Double {
          Double(networks) / Double(spec.samples) * (sampleWeights[spec] ?? 0)
        }
        if state.sample == nil { state.storedWeight += weight(drawn) }
        let drawn = max(drawn, state.sample?.drawn ?? 0)
        state.sample = (spec, drawn)
        state.partWeight = weight(drawn)
        return state.isLineDue()
      }
      show(isLineDue: isDue)
    case .sampled(let spec):
      state.withLock { state in
        // Drawn by another process meanwhile.
        if state.sample == nil { state.storedWeight += sampleWeights[spec] ?? 0 }
        state.sample = nil
        state.finishedWeight += sampleWeights[spec] ?? 0
        state.partWeight = 0
      }
    case .checkpoint(let spec, let notice):
      // Only they report the share of a training.
      if case .resumed = notice, spec.network.kind == .resnet50 { state.withLock { $0.isResuming = true } }
      Console.note("plateau: " + Self.text(notice, of: spec))
    case .started(let spec): state.withLock { $0.running.append(spec) }
    case .trained(let spec, let epochs, let accuracy):
      let isDue = state.withLock { state in
        state.note(spec, epochs: epochs, accuracy: accuracy)
        return state.isLineDue(after: .seconds(60))
      }
      // On a terminal the bar is drawn by its own thread.
      if !isTerminal { show(isLineDue: isDue) }
    case .advanced(let spec, let share):
      let isDue = state.withLock { state in
        let weight = share * (weights[spec] ?? 0)
        if state.isResuming { state.storedWeight += max(0, weight - state.partWeight) }
        state.isResuming = false
        state.partWeight = weight
        return state.isLineDue()
      }
      show(isLineDue: isDue)
    case .finished(let spec, let result, _):
      let isDue = state.withLock { state in
        state.finished += 1
        state.finishedWeight += weights[spec] ?? 0
        state.partWeight = 0
        state.running.removeAll { $0 == spec }
        state.trainings[spec] = nil
        return state.isLineDue(always: state.finished == state.total)
      }
      if result.status == .failed {
        Console.note("plateau: the run (\(Self.name(spec))) diverged in epoch \(result.epochs)")
      }
      show(isLineDue: isDue)
    }
  }

  /// Ends the bar.
  func finish() {
    let wasOver = state.withLock { state in
      defer { state.isOver = true }
      return state.isOver
    }
    if isTerminal && !wasOver && hasWork { Console.note("") }
  }

  private func show(isLineDue: Bool) {
    if isTerminal { draw() } else if isLineDue { Console.note("plateau: " + line(width: nil)) }
  }

  private func draw() {
    FileHandle.standardError.write(Data(("\r\u{1B}[K" + line(width: 24)).utf8))
  }

  private func line(width: Int?) -> String {
    let (finished, total, weight, stored, running, sample, kernel, trainings) = state.withLock {
      (
        $0.finished, $0.total, $0.finishedWeight + $0.partWeight + $0.kernelWeight, $0.storedWeight,
        $0.running, $0.sample, $0.kernel, $0.trainings
      )
    }
    let elapsed = start.duration(to: .now)
    let seconds = elapsed.seconds
    let share = (weight - stored) / max(totalWeight - stored, 1e-9)
    var parts = ["\(finished)/\(total) runs", "\(Self.clock(seconds)) elapsed"]
    if share > 0, finished < total || sample != nil {
      parts.append("\(Self.clock(seconds * (1 - share) / share)) left")
    }
    if let sample {
      let isDrawn = sample.drawn == sample.spec.samples
      parts.append(
        isDrawn
          ? "counting the functions of \(sample.spec.samples) networks"
          : "networks sampled: \(sample.drawn) of \(sample.spec.samples)")
    }
    if let kernel { parts.append("kernel: \(kernel.done) of \(kernel.of) random networks") }
    // The training that goes on longest: it may never come to zero error.
    if let longest = trainings.max(by: { $0.value.epochs < $1.value.epochs }) {
      let percent = (longest.value.accuracy * 1000).rounded(.down) / 10
      parts.append("\(Self.name(longest.key)): epoch \(longest.value.epochs), \(percent) % right on S")
    } else if width != nil, let current = running.last {
      parts.append(Self.name(current))
    }
    if let width, !running.isEmpty || sample != nil {
      let filled = Int((share * Double(width)).rounded(.down))
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      return bar + " " + parts.joined(separator: " · ")
    }
    return parts.joined(separator: ", ")
  }

  private static func text(_ notice: CheckpointNotice, of spec: TrainingSpec) -> String {
    let run = "the run (\(name(spec)))"
    return switch notice {
    case .resumed(let place): "\(run) goes on from \(place)"
    case .ignored(let reason): "a checkpoint of \(run) is not used: \(reason). Its stage begins anew"
    case .notWritten(let reason): "a checkpoint of \(run) was not written: \(reason). The run goes on"
    case .notRemoved(let reason): "\(run) is stored, but its checkpoints are not removed: \(reason)"
    }
  }

  /// Which run it is.
  private static func name(_ spec: TrainingSpec) -> String {
    spec.target == nil
      ? "|A| = \(spec.attackSize), sample \(spec.sample)" : "function of rank \(spec.sample + 1)"
  }

  /// Seconds as m:ss, or h:mm:ss.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(max(0, seconds).rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
