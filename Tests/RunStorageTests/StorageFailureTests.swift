import Foundation
import Testing

@testable import RunStorage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Failures of the disk")
struct StorageFailureTests {
  @Test("on a full disk the error says so, the old run stays and no temporary file is left")
  func fullDisk() throws {
    try SampleRuns.withFolder { folder in
      let first = try SampleRuns.record(measuring: [SampleRuns.sharpness])
      try RunStore(folder: folder).write(first)
      let full = DurableFile(writeBytes: { _, bytes, count in
        let device = open("/dev/full", O_WRONLY)
        defer { close(device) }
        return write(device, bytes, count)
      })
      let store = RunStore(folder: folder, file: full)
      let error = #expect(throws: StorageError.self) {
        try store.write(SampleRuns.record(measuring: [SampleRuns.prior]))
      }
      let message = try #require(error).description
      #expect(message.contains("No space left on device") && message.contains("--store"), "\(message)")
      #expect(message.contains(folder))
      #expect(SampleRuns.files(in: folder).count == 1)
      #expect(try store.read(first.key) == .found(first))
    }
  }

  @Test("a disk that takes a few bytes at a time gets them all")
  func shortWrites() throws {
    try SampleRuns.withFolder { folder in
      let slow = DurableFile(writeBytes: { write($0, $1, min($2, 7)) })
      let record = try SampleRuns.record()
      try RunStore(folder: folder, file: slow).write(record)
      #expect(try RunStore(folder: folder).read(record.key) == .found(record))
    }
  }

  @Test("a store below a regular file names the path, the reason and the remedy")
  func fileInTheWay() throws {
    try SampleRuns.withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let file = "\(folder)/file"
      try Data().write(to: URL(filePath: file))
      let record = try SampleRuns.record()
      for place in [file, "\(file)/store"] {
        let store = RunStore(folder: place)
        let error = #expect(throws: StorageError.self) { try store.write(record) }
        let message = try #require(error).description
        #expect(message.contains(file) && message.contains("Not a directory"), "\(message)")
        #expect(message.contains("A part of the path is a file"), "\(message)")
        #expect(throws: StorageError.self) { try store.read(record.key) }
      }
      #expect(SampleRuns.files(in: folder) == ["file"])
    }
  }

  @Test("a folder in the place of a run's file is an error, not a result, and no temporary file is left")
  func folderInTheWay() throws {
    try SampleRuns.withFolder { folder in
      let store = RunStore(folder: folder)
      let record = try SampleRuns.record()
      let path = store.path(for: record.key)
      try FileManager.default.createDirectory(atPath: "\(path)/inside", withIntermediateDirectories: true)
      #expect(throws: StorageError.system(operation: "read", path: path, code: EISDIR)) {
        try store.read(record.key)
      }
      #expect(throws: StorageError.self) { try DurableFile().store([1], at: path) }
      #expect(SampleRuns.files(in: folder) == [])
    }
  }

  @Test("a record with a number that JSON has no text for is refused, and nothing is written")
  func notEncodable() throws {
    try SampleRuns.withFolder { folder in
      let record = try SampleRuns.record(loss: .nan)
      let error = #expect(throws: StorageError.self) { try RunStore(folder: folder).write(record) }
      #expect(try #require(error).description.contains("results.training.lossOnTrain"))
      #expect(SampleRuns.files(in: folder) == [])
    }
  }

  @Test("what a killed write left is ignored, then removed; what a living process writes is left alone")
  func leftOvers() throws {
    try SampleRuns.withFolder { folder in
      let record = try SampleRuns.record()
      let store = RunStore(folder: folder)
      try store.write(record)
      let runs = FileSystem.parent(of: store.path(for: record.key))
      // A process that has ended: its number is free until the system has gone through all others.
      let process = try Process.run(URL(filePath: "/bin/true"), arguments: [])
      process.waitUntilExit()
      let dead = "\(runs)/\(TemporaryName(process: process.processIdentifier, number: 0))"
      let alive = "\(runs)/\(TemporaryName(process: getpid(), number: 5))"
      let old = "\(runs)/\(TemporaryName(process: getpid(), number: 6))"
      for path in [dead, alive, old] { try Data("{\"checksum\"".utf8).write(to: URL(filePath: path)) }
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -2 * 86_400)], ofItemAtPath: old)
      #expect(try store.read(record.key) == .found(record))

      let next = RunStore(folder: folder)
      #expect(!FileManager.default.fileExists(atPath: dead))
      #expect(!FileManager.default.fileExists(atPath: old))
      #expect(FileManager.default.fileExists(atPath: alive))
      #expect(try next.read(record.key) == .found(record))
      try next.write(record)
      #expect(SampleRuns.files(in: folder).count == 2)
    }
  }

  @Test("what killed writes of any kind of file left is removed by the next call")
  func leftOversOfEveryKind() throws {
    let process = try Process.run(URL(filePath: "/bin/true"), arguments: [])
    process.waitUntilExit()
    let name = TemporaryName(process: process.processIdentifier, number: 0).description
    try SampleRuns.withFolder { folder in
      let left = [
        "runs/aa", "samples/aa", "samples/aa/b.blocks", "kernels/aa", "checkpoints/aa/b", "weights/aa",
        "weights",
      ]
      for place in left {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(place)", withIntermediateDirectories: true)
        try Data([1]).write(to: URL(filePath: "\(folder)/\(place)/\(name)"))
      }
      #expect(SampleRuns.files(in: folder).count == left.count)
      _ = RunStore(folder: folder)
      #expect(SampleRuns.files(in: folder) == [])
    }
  }

  @Test("only names that a write makes are taken for temporary files")
  func temporaryNames() {
    let name = TemporaryName(process: 12, number: 3)
    #expect(TemporaryName(name.description) == name)
    for text in ["", ".writing-", ".writing-1", ".writing-1-2.json", "x.writing-1-2", ".writing--1-2"] {
      #expect(TemporaryName(text) == nil)
    }
  }
}
