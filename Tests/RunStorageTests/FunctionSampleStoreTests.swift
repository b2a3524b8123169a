import Foundation
import Planning
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
        replayClass: .bitwise, secondsOfWork: 0.1, samplesDrawn: 10))
  }

  @Test("a sample reads back as it was written, and its blocks are gone")
  func roundTrip() throws {
    try SampleRuns.withFolder { folder in
      let store = FunctionSampleStore(folder: folder)
      let record = try Self.record()
      #expect(try store.read(record.key) == .missing)
      let blocks = store.blocks(of: record.key)
      try blocks.write([1, 2, 3], at: 0)
      try blocks.write([], at: 7)
      #expect(blocks.indices == [0, 7])
      #expect(try blocks.read(0) == [1, 2, 3])
      #expect(try blocks.read(7) == [])
      #expect(try blocks.read(1) == nil)
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
      let bytes = try FunctionSampleFile.bytes(of: record)
      for index in stride(from: 0, to: bytes.count, by: 7) {
        var altered = bytes
        altered[index] ^= 0x20
        #expect(throws: ChecksummedJSON.Damage.self, "byte \(index)") {
          try FunctionSampleFile.record(in: altered, key: record.key)
        }
        #expect(throws: ChecksummedJSON.Damage.self) {
          try FunctionSampleFile.record(in: Array(bytes[..<index]), key: record.key)
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
      try blocks.write([1, 2, 3, 4], at: 3)
      let path = try #require(SampleRuns.files(in: folder).first { $0.hasSuffix("3.block") })
      var block = try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))
      block[block.count - 1] ^= 1
      try block.write(to: URL(filePath: "\(folder)/\(path)"))
      #expect(try blocks.read(3) == nil)
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
        { () throws in try store.blocks(of: record.key).write([1], at: 0) },
      ] {
        let error = #expect(throws: StorageError.self) { try write() }
        #expect(error?.description.contains("Make room") == true)
      }
      #expect(SampleRuns.files(in: folder).isEmpty)
    }
  }
}
