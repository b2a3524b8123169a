import TorchEngine

/// Which engine carries out residual networks, and on which device, as the user asks for it.
package struct EngineChoice: Sendable, Equatable {
  /// The kinds of engines.
  package enum Kind: String, Sendable, CaseIterable {
    /// oneDNN, on the processor.
    case onednn
    /// libtorch, on the processor or on a GPU, by the plug-in of `make engine-torch`.
    case torch
  }

  /// Nil for what the machine has: torch where there are a GPU and the plug-in, oneDNN elsewhere.
  package var kind: Kind?
  /// Such as "cpu" or "cuda:0"; nil for the best that there is.
  package var device: String?

  package init(kind: Kind? = nil, device: String? = nil) {
    self.kind = kind
    self.device = device
  }

  /// What the machine has.
  package static let automatic = EngineChoice()

  /// oneDNN on the processor, whatever else the machine has.
  package static let processor = EngineChoice(kind: .onednn, device: "cpu")

  /// Whether it is asked for a GPU, whatever this machine has.
  package var isForGPU: Bool { device?.hasPrefix("cuda") == true }

  /// Why this cannot be asked of a cluster's nodes, of which this machine knows nothing; nil where it can.
  package var mistakeOnCluster: String? {
    if kind == .torch, device == nil {
      return "--engine torch needs --device here, cuda or cpu: this machine does not know what the nodes have"
    }
    if isForGPU, let device, !["cuda", "cuda:0"].contains(device) {
      return "--device is '\(device)', but the cluster chooses the GPU of each task; write --device cuda"
    }
    return nil
  }

  /// Why this cannot be meant; nil where it can.
  package var mistake: String? {
    guard let device else { return nil }
    guard TorchDevice(device) != nil else {
      return "--device is '\(device)'; write cpu, cuda, or cuda:0 for the first GPU"
    }
    if kind == .onednn, device != "cpu" {
      return "--engine onednn has no device but cpu; choose --engine torch"
    }
    return nil
  }
}
