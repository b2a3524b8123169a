/// The kinds of things that a store keeps by content hash: a folder and a word for each.
package enum StoredKind: String, CaseIterable, Equatable, Sendable {
  case run
  case sample = "sample of functions"
  case kernel = "Monte-Carlo kernel"
  case checkpoint

  /// The folder of the store that holds them.
  var folder: String {
    switch self {
    case .run: "runs"
    case .sample: "samples"
    case .kernel: "kernels"
    case .checkpoint: "checkpoints"
    }
  }

  /// The ending of a file's name.
  var fileExtension: String {
    switch self {
    case .run, .sample: "json"
    case .kernel: "kernel"
    case .checkpoint: "checkpoint"
    }
  }
}
