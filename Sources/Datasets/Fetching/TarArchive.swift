import Foundation

/// Unpacks a `.tar.gz` with the system's `tar`.
enum TarArchive {
  /// Unpacks the archive at `path` beside its target first, then puts its folder `folder` into `target`, so
  /// that the folder is whole as soon as it is there.
  static func unpack(_ path: String, folder: String, into target: String) throws(DatasetError) {
    let manager = FileManager.default
    // Of several processes that fetch the data set one unpacks it; the others wait, and find it done.
    let archive = open(path, O_RDWR | O_CLOEXEC)
    defer { if archive >= 0 { close(archive) } }
    if archive >= 0, flock(archive, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      while flock(archive, LOCK_EX) != 0, errno == EINTR {}
      if manager.fileExists(atPath: target + "/" + folder) { return }
    }
    let workspace = target + "/.unpacking-\(folder)"
    defer { try? manager.removeItem(atPath: workspace) }
    do {
      if manager.fileExists(atPath: workspace) { try manager.removeItem(atPath: workspace) }
      try manager.createDirectory(atPath: workspace, withIntermediateDirectories: true)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["tar", "-xzf", path, "-C", workspace, "--no-same-owner"]
      process.standardInput = FileHandle.nullDevice
      let messages = Pipe()
      process.standardError = messages
      try process.run()
      let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw DatasetError.cannotUnpack(
          file: path, reason: text.split(separator: "\n").first.map(String.init) ?? "tar failed")
      }
      guard manager.fileExists(atPath: workspace + "/" + folder) else {
        throw DatasetError.cannotUnpack(file: path, reason: "it has no folder \(folder)")
      }
      try manager.moveItem(atPath: workspace + "/" + folder, toPath: target + "/" + folder)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw .cannotUnpack(file: path, reason: error.localizedDescription)
    }
  }
}
