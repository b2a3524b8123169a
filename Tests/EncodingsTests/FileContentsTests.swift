import Encodings
import Foundation
import TestSupport
import Testing

@Suite("Files as bytes")
struct FileContentsTests {
  /// More than a pipe holds, so that it is read in pieces.
  private let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) }

  @Test("a file and a pipe give all their bytes")
  func wholeContents() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(bytes, to: "file")
    #expect(try FileContents.bytes(file) == bytes)
    let pipe = folder.path + "/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    // A thread of its own: a task would stand in line behind all other tests, while this one keeps a thread waiting.
    let data = Data(bytes)
    Thread.detachNewThread { try? FileHandle(forWritingAtPath: pipe)?.write(contentsOf: data) }
    #expect(try FileContents.bytes(pipe) == bytes)
  }

  @Test("what has no bytes, or no end, is told with its kind")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    for (path, words) in [
      (folder.path, "a folder"), (folder.path + "/none", "there is no such file"), ("/dev/zero", "a device"),
      ("/dev/null", "a device"), (folder.path + "/none/file", "no such file"),
    ] {
      let error = #expect(throws: FileContents.Unreadable.self) { try FileContents.bytes(path) }
      #expect(error?.reason.contains(words) == true, "\(path): \(String(describing: error))")
    }
  }
}
