import Foundation

/// The data root that the environment names, where there is one: tests use it only to check more.
let hostData: String? = {
  guard let path = ProcessInfo.processInfo.environment["PLATEAU_DATA"], !path.isEmpty else { return nil }
  return FileManager.default.fileExists(atPath: path) ? path : nil
}()

/// The folder in it with the official files of MNIST's t10k part.
let hostPart: String? = hostData.map { $0 + "/mnist-t10k" }.flatMap { folder in
  FileManager.default.fileExists(atPath: folder + "/t10k-images-idx3-ubyte.gz") ? folder : nil
}
