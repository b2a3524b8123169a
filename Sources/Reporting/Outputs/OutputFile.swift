package import Foundation
import RunStorage

/// A file that the user asked for: a regular one is replaced as a whole, a link stays a link, and a pipe, a
/// device or an open file such as `/dev/stdout` is written into.
package struct OutputFile {
  private let path: String
  private let place: OutputPath
  private let makesFolder: Bool

  /// Checks, before any work is done, that `path` can be written, and is none of the `inputs` of the call, nor
  /// in one that is a folder.
  ///
  /// - Parameters:
  ///   - makesFolder: whether the folder of the file is made where there is none.
  ///   - beginning: what a file begins with that may be replaced; an empty one always may.
  /// - Throws: `ReportingError`.
  package init(
    _ path: String, inputs: [String], makesFolder: Bool = false,
    replacing beginning: [UInt8] = []
  ) throws(ReportingError) {
    self.path = path
    self.makesFolder = makesFolder
    guard !path.hasSuffix("/") else { throw .fileNotWritten(path: path, reason: "it names a folder") }
    place = try OutputPath(path)
    switch place {
    case .folder: throw .fileNotWritten(path: path, reason: "it is a folder")
    case .other(let what): throw .fileNotWritten(path: path, reason: "it is \(what)")
    case .descriptor(let number):
      let flags = fcntl(number, F_GETFL)
      guard flags >= 0, flags & O_ACCMODE != O_RDONLY else {
        throw .fileNotWritten(path: path, reason: "it is not open for writing")
      }
    case .file, .stream: break
    }
    guard let identity = FileIdentity(of: path) else { return }
    for input in inputs {
      if let same = identity.place(in: input) { throw .outputIsInput(path: path, input: same) }
    }
    if case .file(let file) = place, !Self.isEmpty(file), !Self.begins(file, with: beginning) {
      throw .foreignFile(path: path)
    }
  }

  /// Whether a path, every link in it followed, is that of `folder` or lies in it.
  package static func isPath(_ path: String, in folder: String) -> Bool {
    func place(_ path: String) -> String {
      if case .file(let place) = try? OutputPath(path) { place } else { OutputPath.resolved(path) }
    }
    return (place(path) + "/").hasPrefix(place(folder) + "/")
  }

  /// Whether there is no file, or nothing in it.
  private static func isEmpty(_ file: String) -> Bool {
    var status = stat()
    return stat(file, &status) != 0 || status.st_size == 0
  }

  private static func begins(_ file: String, with beginning: [UInt8]) -> Bool {
    if beginning.isEmpty { return true }
    guard let handle = FileHandle(forReadingAtPath: file) else { return false }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: beginning.count)) == Data(beginning)
  }

  /// Whether it is standard output, which then takes nothing else.
  package var isStandardOutput: Bool {
    FileIdentity(of: path).map { $0 == FileIdentity(of: STDOUT_FILENO) } ?? false
  }

  /// Writes all of it. An error leaves a regular file as it was.
  package func write(_ data: Data) throws(ReportingError) {
    let bytes = [UInt8](data)
    do {
      switch place {
      case .file(let path):
        let folder = FileSystem.parent(of: path)
        if makesFolder { try FileSystem.makeFolder(folder) }
        TemporaryEntry.removeLeftOvers(in: folder)
        try DurableFile().store(bytes, at: path)
      case .descriptor(let number):
        // What was printed before comes before.
        fflush(nil)
        try FileSystem.fill(number, path, bytes)
      case .stream(let place):
        let descriptor = try Int32(
          FileSystem.call("open", path) { Int(open(place, O_WRONLY | O_NOCTTY | O_CLOEXEC)) })
        defer { close(descriptor) }
        try FileSystem.fill(descriptor, path, bytes)
      case .folder, .other: preconditionFailure("expected a file, a pipe or a device")
      }
    } catch {
      throw .fileNotWritten(path: path, reason: error.reason)
    }
  }
}

/// Which file it is, whatever names it has.
private struct FileIdentity: Equatable {
  private let device: dev_t
  private let number: ino_t

  /// That of a path; nil where there is none.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// That of an open file; nil where it is closed.
  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = status.st_dev
    number = status.st_ino
  }

  /// The path of this file where it is `input`, or below it; nil elsewhere.
  func place(in input: String) -> String? {
    if FileIdentity(of: input) == self { return input }
    let names = FileManager.default.enumerator(atPath: input)
    while let name = names?.nextObject() as? String {
      let path = "\(input)/\(name)"
      if FileIdentity(of: path) == self { return path }
    }
    return nil
  }
}
