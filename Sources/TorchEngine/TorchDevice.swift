import Foundation
import NeuralNetworks

/// Where libtorch computes: the processor, or a GPU by its number among those that are visible.
package enum TorchDevice: Sendable, Equatable {
  case processor
  case gpu(Int)

  /// libtorch's name: "cpu", "cuda:0".
  package var name: String {
    switch self {
    case .processor: "cpu"
    case .gpu(let number): "cuda:\(number)"
    }
  }

  /// A device by its name, "cuda" being the first GPU; nil for what is none.
  package init?(_ name: String) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("cpu", 1): self = .processor
    case ("cuda", 1): self = .gpu(0)
    case ("cuda", 2):
      guard parts[1].allSatisfy(\.isNumber), let number = Int(parts[1]) else { return nil }
      self = .gpu(number)
    default: return nil
    }
  }

  /// Why a library cannot compute here; nil where it can.
  func refusal(by library: TorchLibrary) -> ConvolutionEngineError? {
    guard case .gpu(let number) = self else { return nil }
    func unavailable(_ reason: String, _ remedy: String) -> ConvolutionEngineError {
      .unavailable(engine: "torch on \(name)", reason: reason, remedy: remedy)
    }
    let count = library.gpuCount
    if number < count { return nil }
    guard library.cudaVersion != nil else {
      return unavailable(
        "libtorch \(library.torchVersion), for which \(library.path) was built, knows no GPUs",
        "Build the plug-in with a PyTorch that has CUDA: 'LIBTORCH=… \(TorchLibrary.buildCommand)'; or choose --device cpu"
      )
    }
    return count == 0
      ? unavailable(
        "no GPU is visible here", "Look whether 'nvidia-smi' lists one; or choose --device cpu")
      : unavailable(
        "there are \(count) GPUs here, numbered from 0", "Choose one of them, such as --device cuda:0")
  }

  /// What the device is called, such as "NVIDIA H200, driver 580.65"; nil for the processor.
  var model: String? {
    guard case .gpu(let number) = self else { return nil }
    let name = CUDADriver.deviceName(number) ?? "a GPU of unknown name"
    let version = try? String(contentsOfFile: "/sys/module/nvidia/version", encoding: .utf8)
    return name + (version.map { ", driver \($0.trimmingCharacters(in: .whitespacesAndNewlines))" } ?? "")
  }
}
