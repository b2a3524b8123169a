import Foundation
import TestSupport

/// Files for readers that take paths: in memory, where the system has such a folder, and the same ones each time.
enum ScratchFile {
  static let folder: String = {
    let memory = "/dev/shm"
    let parent = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    let folder = "\(parent)/plateau-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: ScratchFile.folder) }
    return folder
  }()

  /// The path of a file with these bytes.
  static func path(of bytes: [UInt8], named name: String) -> String {
    let path = "\(folder)/\(name)"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      fatalError("cannot write \(path)")
    }
    return path
  }

  /// The tolerances of the repository.
  static let defaults = TinyProject.repository + "/figures/tolerances.yml"
}
