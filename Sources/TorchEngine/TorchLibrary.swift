import CTorchEngine
import Encodings
import Foundation
package import NeuralNetworks

/// The plug-in on libtorch, once it is loaded: `Plugins/TorchEngine`, which `make engine-torch` builds.
///
/// Loaded with symbols of its own (`RTLD_LOCAL`, and its libraries' before this program's by `RTLD_DEEPBIND`), since
/// libtorch brings BLAS and oneDNN functions of the same names. It is never unloaded.
package struct TorchLibrary: Sendable {
  /// The file that was loaded.
  package let path: String
  /// Pointers to functions and to a constant text, which never change.
  nonisolated(unsafe) let functions: PlateauTorchInterface

  /// The file's name, beside the program.
  package static let fileName = "libplateau-torch.so"
  /// The variable that names another file.
  package static let variable = "PLATEAU_TORCH_ENGINE"

  /// Where the plug-in should be: what the variable names, else beside the program.
  package static func expectedPath(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    if let named = environment[variable], !named.isEmpty { return named }
    return "\(Distribution.programFolder ?? ".")/\(fileName)"
  }

  /// What builds the plug-in: in the project's folder, or with what a distribution has of it.
  static let buildCommand: String = {
    guard let script = Distribution.sharedFolder.map({ "\($0)/engine-torch/build.sh" }),
      FileManager.default.fileExists(atPath: script)
    else { return "make engine-torch" }
    return "\(script) \(expectedPath())"
  }()

  /// Loads the plug-in at `path`.
  ///
  /// - Throws: ``ConvolutionEngineError/unavailable(engine:reason:remedy:)`` where it is not there, damaged, not a
  ///   plug-in of this version, or built for another libtorch.
  package init(_ path: String = expectedPath()) throws(ConvolutionEngineError) {
    func unavailable(_ reason: String) -> ConvolutionEngineError {
      .unavailable(
        engine: "torch", reason: reason,
        remedy: "Build it with '\(Self.buildCommand)', or choose --engine onednn")
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw unavailable("there is no plug-in at \(path), nor does $\(Self.variable) name another")
    }
    // A shared library that was cut short ends the program that loads it by a signal.
    guard let bytes = FileManager.default.contents(atPath: path),
      let expected = try? String(contentsOfFile: "\(path).sha256", encoding: .utf8)
    else { throw unavailable("\(path) or \(path).sha256, which is made with it, cannot be read") }
    guard SHA256.hex(of: bytes) == expected.trimmingCharacters(in: .whitespacesAndNewlines) else {
      throw unavailable("\(path) is damaged: its SHA-256 is not the one in \(path).sha256")
    }
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND) else {
      let reason = dlerror().map { String(cString: $0) } ?? "no reason given"
      throw unavailable(
        "\(path) cannot be loaded, perhaps since it was built for another libtorch: \(reason)")
    }
    guard let symbol = dlsym(handle, "plateau_torch_interface") else {
      throw unavailable("\(path) is no plug-in of plateau")
    }
    typealias Interface = @convention(c) () -> UnsafePointer<PlateauTorchInterface>
    let table = unsafeBitCast(symbol, to: Interface.self)()
    // The first number of the table is there in every version of it.
    guard table.pointee.interface == PLATEAU_TORCH_INTERFACE else {
      throw unavailable("\(path) was built for another version of plateau")
    }
    self.path = path
    functions = table.pointee
  }

  /// The version of libtorch, such as "2.11.0".
  package var torchVersion: String { String(cString: functions.torch) }

  /// The GPUs that libtorch can use.
  package var gpuCount: Int { Int(functions.gpus()) }

  /// CUDA's and cuDNN's versions, such as "CUDA 13.0, cuDNN 9.10.2"; nil for a libtorch without GPUs.
  var cudaVersion: String? {
    let (cuda, cudnn) = (functions.cuda(), functions.cudnn())
    guard cuda > 0 else { return nil }
    let name = "CUDA \(cuda / 1000).\(cuda % 1000 / 10)"
    guard cudnn > 0 else { return name }
    // From cuDNN 9 on the major version has a digit more.
    let unit: Int64 = cudnn >= 90_000 ? 10_000 : 1000
    return name + ", cuDNN \(cudnn / unit).\(cudnn % unit / 100).\(cudnn % 100)"
  }

  /// The words of the last failure on this thread.
  var lastError: String { functions.error().map { String(cString: $0) } ?? "no reason given" }
}
