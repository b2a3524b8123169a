import Encodings
import Foundation
import Planning
import Testing

@testable import RunStorage

@Suite("Checkpoints")
struct CheckpointStoreTests {
  private static let stages = ["training", "sharpness/cifar10-resnet50/0123456789abcdef"]
  private static let checkpoint = Checkpoint(
    numbers: ["epoch": [3], "trace": [0.1, .pi, 1e-300, .leastNonzeroMagnitude]],
    arrays: ["parameters": [1, -0.0, .leastNonzeroMagnitude, .infinity, 0.1], "none": []])

  private func run() throws -> ContentKey { try SampleRuns.record().key }

  private func path(_ folder: String, _ stage: String) throws -> String {
    let name = stage.replacingOccurrences(of: "/", with: "-")
    return "\(folder)/checkpoints/\(try run().description.prefix(2))/\(try run())/\(name).checkpoint"
  }

  @Test("each stage of a run reads back bit for bit, and is gone when the run is done")
  func roundTrip() throws {
    try SampleRuns.withFolder { folder in
      let store = CheckpointStore(folder: folder)
      for (index, stage) in Self.stages.enumerated() {
        #expect(try store.read(run(), stage: stage, arithmetic: "a") == .nothing)
        var other = Self.checkpoint
        other.numbers["epoch"] = [Double(index)]
        for checkpoint in [Self.checkpoint, other] {
          try store.write(checkpoint, of: run(), stage: stage, arithmetic: "a")
          #expect(try store.read(run(), stage: stage, arithmetic: "a") == .checkpoint(checkpoint))
        }
      }
      guard
        case .checkpoint(let read) = try store.read(run(), stage: Self.stages[0], arithmetic: "a")
      else {
        Issue.record("expected a checkpoint")
        return
      }
      #expect(read.arrays["parameters"]?[1].sign == .minus)
      #expect(
        try store.read(run(), stage: Self.stages[0], arithmetic: "b") == .otherArithmetic("a", read))
      try store.remove(run())
      #expect(SampleRuns.files(in: folder).isEmpty)
      try store.remove(run())
    }
  }

  @Test("a file with any byte changed, cut, or under another name is set aside and not read")
  func damage() throws {
    try SampleRuns.withFolder { folder in
      let store = CheckpointStore(folder: folder)
      try store.write(Self.checkpoint, of: run(), stage: Self.stages[0], arithmetic: "a")
      let path = try path(folder, Self.stages[0])
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      func isDamaged(_ stage: String) throws -> Bool {
        guard case .damaged(let damage) = try store.read(run(), stage: stage, arithmetic: "a") else {
          return false
        }
        #expect(damage.kind == .checkpoint && damage.setAsideAt.contains(".checkpoint.damaged-"))
        return FileManager.default.fileExists(atPath: damage.setAsideAt)
      }
      for position in stride(from: 0, to: whole.count, by: 31) {
        var changed = whole
        changed[position] ^= 1
        for bytes in [changed, whole.prefix(position)] {
          try bytes.write(to: URL(fileURLWithPath: path))
          #expect(try isDamaged(Self.stages[0]))
          #expect(!FileManager.default.fileExists(atPath: path))
        }
      }
      try whole.write(to: URL(fileURLWithPath: self.path(folder, Self.stages[1])))
      #expect(try isDamaged(Self.stages[1]))
    }
  }

  @Test(
    "lengths of arrays that do not fit the numbers are damage, whatever they are",
    arguments: [("5", "4"), ("5", "-1"), ("5", "9223372036854775807"), ("-5", "10")])
  func lengths(parameters: String, none: String) throws {
    try SampleRuns.withFolder { folder in
      let store = CheckpointStore(folder: folder)
      try store.write(Self.checkpoint, of: run(), stage: Self.stages[0], arithmetic: "a")
      let path = try path(folder, Self.stages[0])
      let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      let end = try #require(whole[65...].firstIndex(of: 10))
      let header = String(decoding: whole[65..<end], as: UTF8.self)
        .replacing(#""count":0,"#, with: #""count":\#(none),"#)
        .replacing(#""count":5,"#, with: #""count":\#(parameters),"#)
      let body = Array(header.utf8) + whole[end...]
      try Data(Array(SHA256.hex(of: body).utf8) + [10] + body).write(to: URL(fileURLWithPath: path))
      guard case .damaged = try store.read(run(), stage: Self.stages[0], arithmetic: "a") else {
        Issue.record("expected damage")
        return
      }
    }
  }

  @Test("on a full disk the checkpoint that was there stays")
  func fullDisk() throws {
    try SampleRuns.withFolder { folder in
      let store = CheckpointStore(folder: folder)
      try store.write(Self.checkpoint, of: run(), stage: Self.stages[0], arithmetic: "a")
      let full = CheckpointStore(
        folder: folder,
        file: DurableFile { _, _, _ in
          errno = ENOSPC
          return -1
        })
      var other = Self.checkpoint
      other.numbers = [:]
      #expect(throws: StorageError.self) {
        try full.write(other, of: run(), stage: Self.stages[0], arithmetic: "a")
      }
      #expect(
        try store.read(run(), stage: Self.stages[0], arithmetic: "a") == .checkpoint(Self.checkpoint))
      #expect(SampleRuns.files(in: folder).count == 1)
    }
  }
}
