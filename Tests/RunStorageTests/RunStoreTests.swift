import Encodings
import Foundation
import Testing

@testable import RunStorage

@Suite("The run store")
struct RunStoreTests {
  @Test("a run is read back as it was written, from a file named by its key")
  func roundTrip() throws {
    try SampleRuns.withFolder { folder in
      let store = RunStore(folder: folder)
      let record = try SampleRuns.record(measuring: [SampleRuns.sharpness, SampleRuns.prior])
      #expect(try store.read(record.key) == .missing)
      let written = try store.write(record)
      #expect(written == RunStore.Written(record: record, superseded: nil, damaged: nil))
      #expect(try store.read(record.key) == .found(record))
      let digits = record.key.description
      #expect(SampleRuns.files(in: folder) == ["runs/\(digits.prefix(2))/\(digits).json"])
    }
  }

  @Test("the provenance of an old record, which names no packages, is read")
  func oldProvenance() throws {
    let text = """
      {"architecture": "x86_64", "blasKernel": "Haswell", "blasLibrary": "OpenBLAS", "plateauVersion": "0.1.0",
       "replayClass": "bitwise", "secondsByMeasurement": {}, "secondsOfTraining": 1, "swiftVersion": "6.3"}
      """
    let provenance = try JSONDecoder().decode(RunProvenance.self, from: Data(text.utf8))
    #expect(provenance.packages == nil && provenance.blasKernel == "Haswell")
    #expect(provenance.seconds == 1 && provenance.processorSeconds == nil)
  }

  @Test("the processor time of a run is that of all its parts, and unknown where that of one is")
  func processorTime() throws {
    var old = try SampleRuns.record(measuring: [SampleRuns.prior])
    #expect(old.provenance.seconds == 0.75 && old.provenance.processorSeconds == nil)
    var new = try SampleRuns.record(measuring: [SampleRuns.sharpness])
    new.provenance.processorSecondsOfTraining = 0.125
    #expect(new.provenance.processorSeconds == nil)
    new.provenance.processorSecondsByMeasurement = [SampleRuns.sharpness: 0.5]
    #expect(new.provenance.processorSeconds == 0.625)
    // What an earlier version measured on the same network took an unknown time.
    #expect(new.merged(with: old)?.provenance.processorSeconds == nil)
    old.provenance.processorSecondsByMeasurement = [SampleRuns.prior: 0.25]
    #expect(new.merged(with: old)?.provenance.processorSeconds == 0.875)
    #expect(new.merged(with: old)?.provenance.seconds == 1.25)
    // A record of now without the time stays without.
    #expect(old.merged(with: new)?.provenance.processorSeconds == nil)
  }

  @Test("a file is canonical JSON on one line, its checksum that of everything else")
  func layout() throws {
    let record = try SampleRuns.record()
    let bytes = try record.fileContents()
    #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1 && bytes.last == UInt8(ascii: "\n"))
    let object = try JSONSerialization.jsonObject(with: Data(bytes))
    var members = try #require(object as? [String: Any])
    #expect(
      members.keys.sorted() == [
        "checksum", "data", "dataSummary", "key", "provenance", "results", "revision", "schema", "spec",
      ])
    #expect(members["schema"] as? Int == 1 && members["key"] as? String == record.key.description)
    let checksum = try #require(members.removeValue(forKey: "checksum") as? String)
    // The rest of the line, read by another reader, sorted and hashed again. All keys and numbers of the
    // sample are of the kind on which this writer agrees with RFC 8785.
    let rest = try JSONSerialization.data(
      withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
    #expect(SHA256.hex(of: Array(rest)) == checksum)
  }

  @Test("awkward numbers come back bit for bit")
  func awkwardNumbers() throws {
    try SampleRuns.withFolder { folder in
      let store = RunStore(folder: folder)
      let numbers = [
        0.1, 1.0 / 3, .leastNonzeroMagnitude, .leastNormalMagnitude.nextDown, .greatestFiniteMagnitude,
        0x1p53, 0x1p60, 1e21, 1e-7,
        1e23,
        9007199254740993.0, 0.30000000000000004, 123456789012345680, 4.35, 1e22, 0x1p68,
      ]
      for (sample, number) in numbers.enumerated() {
        let record = try SampleRuns.record(sample: sample, loss: number)
        try store.write(record)
        guard case .found(let found) = try store.read(record.key) else {
          Issue.record("\(number) was not read back")
          continue
        }
        #expect(found.results.training.lossOnTrain?.bitPattern == number.bitPattern)
        #expect(found == record)
      }
    }
  }

  @Test("a second write adds its measurements to those of the first")
  func merging() throws {
    try SampleRuns.withFolder { folder in
      let store = RunStore(folder: folder)
      try store.write(SampleRuns.record(measuring: [SampleRuns.sharpness]))
      let written = try store.write(SampleRuns.record(measuring: [SampleRuns.prior]))
      let both = try SampleRuns.record(measuring: [SampleRuns.sharpness, SampleRuns.prior])
      #expect(written.record == both && written.superseded == nil)
      #expect(try store.read(both.key) == .found(both))
    }
  }

  @Test("measurements of another network are never mixed in: the record is replaced, and that is said")
  func superseding() throws {
    try SampleRuns.withFolder { folder in
      let store = RunStore(folder: folder)
      let first = try SampleRuns.record(function: "0110", measuring: [SampleRuns.sharpness])
      let second = try SampleRuns.record(function: "0111", measuring: [SampleRuns.prior])
      #expect(first.key == second.key)
      try store.write(first)
      #expect(try store.write(second) == RunStore.Written(record: second, superseded: first, damaged: nil))
      #expect(try store.read(second.key) == .found(second))
    }
  }

  @Test("many writers of one run at once lose no measurement and leave no other file")
  func concurrentWriters() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plateau-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let names = (0..<40).map { "sharpness/row\($0)/0" }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in names {
        // A store of its own each, as another process would have.
        group.addTask { try RunStore(folder: folder).write(SampleRuns.record(measuring: [name])) }
      }
      try await group.waitForAll()
    }
    let expected = try SampleRuns.record(measuring: names)
    #expect(try RunStore(folder: folder).read(expected.key) == .found(expected))
    #expect(SampleRuns.files(in: folder).count == 1)
  }
}
