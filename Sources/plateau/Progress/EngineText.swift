import Foundation
import PlainEngine
import Workflow

/// The words of an engine's check and of its speed.
enum EngineText {
  /// What --check --json prints.
  struct CheckDocument: Encodable {
    let engine: String
    let findings: [EngineFinding]
  }

  static func line(_ finding: EngineFinding) -> String {
    TextColumn.left(finding.isSound ? "ok" : "FAILED", 8) + TextColumn.left(finding.quantity, 52)
      + TextColumn.right(number(finding.deviation), 8) + " of \(number(finding.tolerance)), "
      + "relative to \(finding.relativeTo)"
  }

  static func lines(_ answer: EngineSpeedAnswer) -> [String] {
    func row(_ what: String, _ value: Double?, _ unit: String) -> String {
      TextColumn.left(what, 52)
        + (value.map { TextColumn.right(digits($0), 10) + " \(unit)" } ?? "  no time left")
    }
    var lines = [
      row("training, steps of \(answer.batch) images", answer.trainingImagesPerSecond, "images/s"),
      row("forward pass over \(answer.images) images", answer.forwardImagesPerSecond, "images/s"),
      row("a step of an ascent, with the loss over all of them", answer.ascentSecondsPerStep, "s"),
      row("the rate of that loss, over that of the forward pass", answer.lossShareOfForward, ""),
      row("an initialisation of a kernel over \(answer.points) images", answer.kernelSeconds, "s"),
    ]
    if let bytes = answer.deviceBytes {
      lines.append(row("memory of the GPU in use", Double(bytes) / 1e9, "GB"))
    }
    return lines
  }

  private static func number(_ value: Double) -> String {
    value.isFinite ? value == 0 ? "0" : String(format: "%.1e", value) : "no number"
  }

  private static func digits(_ value: Double) -> String {
    String(format: value < 10 ? "%.3f" : "%.0f", value)
  }
}
