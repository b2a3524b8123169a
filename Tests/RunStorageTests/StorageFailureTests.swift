import Foundation
import TestSupport
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
      // Of this process, by the lock that it holds; the number of a process alone says nothing.
      let alive = try TemporaryEntry.file(in: runs)
      let day = 86_400.0
      func leave(_ name: TemporaryName, age: Double = 0) throws -> String {
        let path = "\(runs)/\(name)"
        try Data("{\"checksum\"".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
        return path
      }
      let gone = [
        try leave(TemporaryName(number: 5)),
        try leave(TemporaryName(host: "01234567", process: 1, number: 6), age: 2 * day),
        try leave(TemporaryName(host: nil, process: 1, number: 7), age: 2 * day),
      ]
      // Another machine's process numbers are not ours, and older versions did not name the machine.
      let kept = [
        try leave(TemporaryName(host: "01234567", process: 999_999_999, number: 8)),
        try leave(TemporaryName(host: nil, process: 999_999_999, number: 9)),
      ]
      // Without locks not even the number of a process of this machine says something: it may be another's, in
      // a namespace of its own.
      let own = TemporaryName(host: TemporaryName.thisHost, process: 999_999_999, number: 0)
      #expect(
        !own.isLeftOver(age: 60, lock: .isUnsupported) && own.isLeftOver(age: 90_000, lock: .isUnsupported))
      #expect(own.isLeftOver(age: 0, lock: .taken) && !own.isLeftOver(age: 90_000, lock: .isHeld))
      #expect(try store.read(record.key) == .found(record))

      let next = RunStore(folder: folder)
      for path in gone { #expect(!FileManager.default.fileExists(atPath: path), "\(path)") }
      for path in kept + [alive.path] { #expect(FileManager.default.fileExists(atPath: path), "\(path)") }
      #expect(try next.read(record.key) == .found(record))
      try next.write(record)
      withExtendedLifetime(alive) {}
    }
  }

  @Test(
    "what killed writes of any kind of file left is removed by the next call, and claims without a process")
  func leftOversOfEveryKind() throws {
    let name = TemporaryName(number: 0).description
    try SampleRuns.withFolder { folder in
      let left = [
        "runs/aa", "samples/aa", "samples/aa/b.blocks", "kernels/aa", "checkpoints/aa/b", "weights/aa",
        "weights", "costs",
      ]
      for place in left {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(place)", withIntermediateDirectories: true)
        try Data([1]).write(to: URL(filePath: "\(folder)/\(place)/\(name)"))
      }
      let old = "\(folder)/weights/aa/.dat.nosync1a2b.XyZ"
      try Data([1]).write(to: URL(filePath: old))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -100)], ofItemAtPath: old)
      let key = try SampleRuns.record().key
      try FileManager.default.createDirectory(atPath: "\(folder)/claims", withIntermediateDirectories: true)
      let dead = ProcessName(host: "", process: 1, boot: ProcessName.this.boot, namespace: "", start: "")
      try Data(ClaimText(ClaimOwner(process: dead, token: UUID(), lease: 90_000)).bytes)
        .write(to: URL(filePath: "\(folder)/claims/\(key)"))
      #expect(SampleRuns.files(in: folder).count == left.count + 2)
      _ = RunStore(folder: folder)
      #expect(SampleRuns.files(in: folder) == [])
    }
  }

  @Test("a folder that is being written is locked, one that was left is removed with all that is in it")
  func leftOverFolders() throws {
    try withTemporaryFolder { folder in
      let alive = try TemporaryEntry.folder(in: folder, prefix: "bundle")
      var left: TemporaryEntry? = try .folder(in: folder, prefix: "bundle")
      let path = try #require(left?.path)
      try Data([1]).write(to: URL(filePath: path + "/file"))
      left = nil
      TemporaryEntry.removeLeftOvers(in: folder, prefix: "bundle")
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(FileManager.default.fileExists(atPath: alive.path))
    }
  }

  @Test("only names that a write makes are taken for temporary files")
  func temporaryNames() {
    for name in [TemporaryName(number: 3), TemporaryName(host: nil, process: 12, number: 3)] {
      #expect(TemporaryName(name.description) == name)
    }
    let other = TemporaryName(prefix: "bundle", number: 3)
    #expect(TemporaryName(other.description, prefix: "bundle") == other)
    #expect(TemporaryName(other.description) == nil)
    for text in [
      "", ".writing-", ".writing-1", ".writing-1-2.json", "x.writing-1-2", ".writing--1-2",
      ".writing-0-1-2-3",
    ] {
      #expect(TemporaryName(text) == nil)
    }
  }
}
