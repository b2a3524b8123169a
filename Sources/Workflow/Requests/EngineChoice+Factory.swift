import Foundation
import LinearAlgebra
package import NeuralNetworks
import OneDNNEngine
import TorchEngine

extension EngineChoice {
  /// The engine that is asked for, on this machine.
  ///
  /// Residual networks take all cores, whatever the number of jobs, since the number of threads counts in the last bits.
  ///
  /// - Throws: `ConvolutionEngineError` where it is not to be had.
  package func factory() throws(ConvolutionEngineError) -> any EngineFactory {
    guard (kind ?? likely) == .torch else { return Self.onProcessor }
    return try TorchEngineFactory(
      TorchLibrary(), device: device.flatMap { TorchDevice($0) }, threads: Machine.cores)
  }

  /// oneDNN on all cores.
  static let onProcessor: any EngineFactory = OneDNNEngineFactory(threads: Machine.cores)

  /// What the machine has, for the device that is asked for. Loads no library.
  var likely: Kind {
    switch device {
    case "cpu": return .onednn
    case .some: return .torch
    case nil:
      let files = FileManager.default
      let hasGPU = Self.filesOfGPUs.contains(where: files.fileExists)
      return hasGPU && files.fileExists(atPath: TorchLibrary.expectedPath()) ? .torch : .onednn
    }
  }

  /// Where a driver of NVIDIA's, or that of Windows's Linux, is.
  private static let filesOfGPUs = ["/dev/nvidiactl", "/dev/dxg"]
}
