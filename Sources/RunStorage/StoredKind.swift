import Planning

/// The kinds of things that a store keeps by a hash: a folder and a word for each.
package enum StoredKind: String, CaseIterable, Equatable, Sendable {
  case run
  case sample = "sample of functions"
  case block = "block of a sample of functions"
  case kernel = "Monte-Carlo kernel"
  case kernelBlock = "block of a Monte-Carlo kernel"
  case checkpoint
  case weights = "file of weights of the run"
  case costs = "file of costs of the machine"

  /// The folder of the store that holds them.
  var folder: String {
    switch self {
    case .run: "runs"
    case .sample, .block: "samples"
    case .kernel, .kernelBlock: "kernels"
    case .checkpoint: "checkpoints"
    case .weights: "weights"
    case .costs: "costs"
    }
  }

  /// The ending of a file's name.
  var fileExtension: String {
    switch self {
    case .run, .sample, .costs: "json"
    case .block, .kernelBlock: "block"
    case .kernel: "kernel"
    case .checkpoint: "checkpoint"
    case .weights: "safetensors"
    }
  }

  /// The folder of the store in `store` that holds what belongs to `key`, and others that begin alike.
  func folder(of key: ContentKey, in store: String) -> String {
    "\(store)/\(folder)/\(key.description.prefix(2))"
  }

  /// The file of `key` in the store in `store`.
  func path(of key: ContentKey, in store: String) -> String {
    "\(folder(of: key, in: store))/\(key).\(fileExtension)"
  }
}
