import Foundation

/// The data root that the environment names, where there is one: tests use it only to check more.
let hostData: String? = {
  guard let path = ProcessInfo.processInfo.environment["PLATEAU_DATA"], !path.isEmpty else { return nil }
  return FileManager.default.fileExists(atPath: path) ? path : nil
}()
