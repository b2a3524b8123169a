import Foundation
import Specifications
import Testing

@testable import RunStorage

@Suite("Stored samples of functions")
struct FunctionSampleStoreTests {
  private static func record() throws -> FunctionSampleRecord {
    try FunctionSampleRecord(
      spec: FunctionSampleSpec(
        network: NetworkSpec(kind: .fcn, hidden: [2], weightVariance: 1, biasStandardDeviation: 0.1),
        variables: 2,
        samples: 10, kept: 2, seed: 1),
      result: FunctionSampleResult(
        samples: 10, distinct: 3, functions: ["0", "f"], counts: [5, 4], complexities: [2, 2],
        countValues: [5, 4, 1], countFunctions: [1, 1, 1],
        complexityClasses: [
          .init(complexity: 2, functions: 2, samples: 9, largestCount: 5),
          .init(complexity: 4, functions: 1, samples: 1, largestCount: 1),
        ]),
      provenance: FunctionSampleProvenance(
        plateauVersion: "0", arithmetic: "AVX2", architecture: "x86_64", swiftVersion: "6.3",
        replayClass: .bitwise, secondsOfDrawing: 0.1, samplesDrawn: 10, secondsOfCounting: 0.01))
  }

  @Test("a sample reads back as it was written, and its blocks are gone")
  func roundTrip() throws {
    try SampleRuns.withFolder { folder in
      let store = FunctionSampleStore(folder: folder)
      let record = try Self.record()
      #expect(try store.read(record.key) == .missing)
      let blocks = store.blocks(of: record.key)
      try blocks.write([1, 2, 3], of: 0..<5)
      try blocks.write([], of: 5..<7)
      #expect(Set(blocks.ranges) == [0..<5, 5..<7])
      #expect(try blocks.read(0..<5) == .bytes([1, 2, 3]))
      #expect(try blocks.read(5..<7) == .bytes([]))
      // A block of other samples is another block.
      #expect(try blocks.read(0..<4) == .nothing)
      try store.write(record)
      #expect(try store.read(record.key) == .found(record))
      #expect(SampleRuns.files(in: folder).count == 1)
    }
  }

  @Test("any altered or missing byte of a sample sets its file aside; of a block, makes it missing")
  func damage() throws {
    try SampleRuns.withFolder { folder in
      let store = FunctionSampleStore(folder: folder)
      let record = try Self.record()
      let bytes = try record.fileContents()
      for index in stride(from: 0, to: bytes.count, by: 7) {
        var altered = bytes
        altered[index] ^= 0x20
        #expect(throws: FileDamage.self, "byte \(index)") {
          try FunctionSampleRecord(fileContents: altered, key: record.key)
        }
        #expect(throws: FileDamage.self) {
          try FunctionSampleRecord(fileContents: Array(bytes[..<index]), key: record.key)
        }
      }
      try store.write(record)
      try Data(bytes.dropLast(3)).write(to: URL(filePath: store.path(for: record.key)))
      guard case .damaged(let damage) = try store.read(record.key) else {
        Issue.record("expected damage")
        return
      }
      #expect(damage.reason.contains("cut short"))
      #expect(FileManager.default.fileExists(atPath: damage.setAsideAt))
      #expect(try store.read(record.key) == .missing)

      let blocks = store.blocks(of: record.key)
      try blocks.write([1, 2, 3, 4], of: 3..<9)
      let path = try #require(SampleRuns.files(in: folder).first { $0.hasSuffix("3-6.block") })
      var block = try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))
      block[block.count - 1] ^= 1
      try block.write(to: URL(filePath: "\(folder)/\(path)"))
      guard case .damaged(let damage) = try blocks.read(3..<9) else {
        Issue.record("expected a damaged block")
        return
      }
      #expect(damage.kind == .block && damage.setAsideAt.contains("3-6.block.damaged-1"))
      #expect(try blocks.read(3..<9) == .nothing)
    }
  }

  @Test("a block in the place of another, of other samples or of another sample of functions, is set aside")
  func misplacedBlocks() throws {
    try SampleRuns.withFolder { folder in
      let store = FunctionSampleStore(folder: folder)
      let record = try Self.record()
      let blocks = store.blocks(of: record.key)
      let others = store.blocks(of: try SampleRuns.record().key)
      func path(_ blocks: StoredBlocks, _ name: String) -> URL {
        URL(filePath: "\(blocks.folder)/\(name).block")
      }
      try others.write([7, 8], of: 5..<10)
      for source in [path(blocks, "0-5"), path(others, "5-5")] {
        try blocks.write([1, 2], of: 0..<5)
        try Data(contentsOf: source).write(to: path(blocks, "5-5"))
        guard case .damaged(let damage) = try blocks.read(5..<10) else {
          Issue.record("\(source) was taken")
          continue
        }
        #expect(damage.key == record.key && damage.reason.contains("5-5"))
        #expect(try blocks.read(5..<10) == .nothing)
      }
    }
  }

  @Test("blocks that a kill left beside the stored sample go when it is read")
  func blocksOfStoredSample() throws {
    try SampleRuns.withFolder { folder in
      let store = FunctionSampleStore(folder: folder)
      let record = try Self.record()
      try store.write(record)
      try store.blocks(of: record.key).write([1], of: 0..<10)
      #expect(try store.read(record.key) == .found(record))
      #expect(SampleRuns.files(in: folder).count == 1)
    }
  }

  @Test("a record whose lists do not fit its spec is damaged, whatever its checksum says")
  func inconsistent() throws {
    let spoilers: [(inout FunctionSampleResult) -> Void] = [
      { $0.functions[0] = "g" }, { $0.functions[0] = "00" }, { $0.functions.removeLast() },
      { $0.counts = [4, 5] }, { $0.counts = [5, 0] }, { $0.samples = 11 }, { $0.complexities = [] },
      { $0.countValues = [1] },
    ]
    for spoil in spoilers {
      var record = try Self.record()
      spoil(&record.result)
      let bytes = try record.fileContents()
      #expect(throws: FileDamage.self) {
        try FunctionSampleRecord(fileContents: bytes, key: record.key)
      }
    }
  }

  @Test("what killed processes left of files being written is removed, blocks too; the blocks stay")
  func leftOvers() throws {
    try SampleRuns.withFolder { folder in
      let store = FunctionSampleStore(folder: folder)
      let blocks = store.blocks(of: try Self.record().key)
      try blocks.write([1], of: 0..<1)
      let block = try #require(SampleRuns.files(in: folder).first)
      let left = "\(folder)/\((block as NSString).deletingLastPathComponent)/\(TemporaryName(number: 7))"
      #expect(FileManager.default.createFile(atPath: left, contents: Data([1])))
      _ = RunStore(folder: folder)
      #expect(SampleRuns.files(in: folder) == [block])
    }
  }

  @Test("a full disk is reported with the path, and leaves nothing half-written")
  func fullDisk() throws {
    try SampleRuns.withFolder { folder in
      let full = DurableFile(writeBytes: { _, _, _ in
        errno = ENOSPC
        return -1
      })
      let store = FunctionSampleStore(folder: folder, file: full)
      let record = try Self.record()
      for write in [
        { () throws in try store.write(record) },
        { () throws in try store.blocks(of: record.key).write([1], of: 0..<1) },
      ] {
        let error = #expect(throws: StorageError.self) { try write() }
        #expect(error?.description.contains("Make room") == true)
      }
      #expect(SampleRuns.files(in: folder).isEmpty)
    }
  }
}
