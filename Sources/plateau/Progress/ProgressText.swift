import Experiments
import Specifications
import Workflow

/// The words of a progress bar.
struct ProgressText {
  let progress: WorkProgress
  /// Since the call began.
  let elapsed: Duration

  /// A plain line.
  var line: String { (counts + current(namesRun: false)).joined(separator: ", ") }

  /// A bar of `width` characters, followed by what a plain line says, and the run under way.
  func bar(width: Int) -> String {
    let words = counts + current(namesRun: true)
    guard progress.hasWork else { return words.joined(separator: ", ") }
    return Self.bar(share: progress.share(), width: width) + " " + words.joined(separator: " · ")
  }

  /// A bar of `width` characters, of which `share` is filled.
  static func bar(share: Double, width: Int) -> String {
    let filled = min(max(Int((share * Double(width)).rounded(.down)), 0), width)
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }

  private var counts: [String] {
    [
      "\(progress.finished)/\(progress.total) runs", "\(Self.clock(elapsed.seconds)) elapsed",
      "\(Self.clock(progress.secondsLeft())) left",
    ]
  }

  private func current(namesRun: Bool) -> [String] {
    var parts: [String] = []
    if progress.isWriting { parts.append("drawing the figures") }
    if let (spec, drawn) = progress.sample {
      parts.append(
        drawn == spec.samples
          ? "counting the functions of \(spec.samples) networks"
          : "networks sampled: \(drawn) of \(spec.samples)")
    }
    if let kernel = progress.kernel { parts.append("kernel: \(kernel.done) of \(kernel.of) random networks") }
    if let (spec, epochs, accuracy) = progress.longestTraining {
      let percent = (accuracy * 1000).rounded(.down) / 10
      parts.append("\(Self.name(spec)): epoch \(epochs), \(percent) % right on S")
    } else if namesRun, let run = progress.running.last {
      parts.append(Self.name(run))
    }
    return parts
  }

  /// What to say about an event, beside the progress; nil for most.
  static func notice(_ event: Runner.Event, isTerminal: Bool) -> String? {
    switch event {
    case .preparing(let runs): isTerminal ? nil : "runs to do: \(runs.count); computing kernels"
    case .replaced(let spec):
      "the stored run (\(name(spec))) had another result, from another machine or other BLAS kernels; "
        + "it was replaced"
    case .damaged(let damage): "\(damage)"
    case .waiting(.sample): "another process is drawing the same sample; waiting for it"
    case .waiting(.kernel): "another process is making the same Monte-Carlo kernel; waiting for it"
    case .waiting(.run(let spec)): "another process is executing the run (\(name(spec))); waiting for it"
    case .checkpoint(let spec, let notice): text(notice, of: spec)
    case .finished(let spec, let result, _):
      result.status == .failed ? "the run (\(name(spec))) diverged in epoch \(result.epochs)" : nil
    case .averaging, .sampling, .sampled, .started, .trained, .advanced: nil
    }
  }

  private static func text(_ notice: CheckpointNotice, of spec: TrainingSpec) -> String {
    let run = "the run (\(name(spec)))"
    return switch notice {
    case .resumed(let place): "\(run) resumes from \(place)"
    case .ignored(let reason): "warning: a checkpoint of \(run) is ignored: \(reason). Its stage starts again"
    case .notWritten(let reason):
      "warning: a checkpoint of \(run) was not written: \(reason). The run continues"
    case .notRemoved(let reason): "warning: \(run) is stored, but its checkpoints were not removed: \(reason)"
    }
  }

  /// Which run it is.
  private static func name(_ spec: TrainingSpec) -> String {
    spec.target == nil
      ? "|A| = \(spec.attackSize), sample \(spec.sample)" : "function of rank \(spec.sample + 1)"
  }

  /// Seconds as m:ss, or h:mm:ss, up to a million hours.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 3.6e9).rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
