import Encodings
import Foundation
import Planning
import Testing

@testable import RunStorage

@Suite("Damaged runs")
struct DamageTests {
  @Test("a file cut short anywhere is never read as a result")
  func truncation() throws {
    let record = try SampleRuns.record(measuring: [SampleRuns.sharpness, SampleRuns.prior])
    let bytes = try record.fileContents()
    for length in 0..<bytes.count {
      #expect(throws: FileDamage.self, "cut to \(length) bytes") {
        try RunRecord(fileContents: Array(bytes[..<length]), key: record.key)
      }
    }
  }

  @Test("a file with one altered byte is never read as a result", arguments: [0x01, 0x20, 0x80] as [UInt8])
  func alteration(mask: UInt8) throws {
    let record = try SampleRuns.record()
    let bytes = try record.fileContents()
    for index in bytes.indices {
      var altered = bytes
      altered[index] ^= mask
      #expect(throws: FileDamage.self, "byte \(index)") {
        try RunRecord(fileContents: altered, key: record.key)
      }
    }
    #expect(try RunRecord(fileContents: bytes, key: record.key) == record)
  }

  @Test("a file with bytes added is never read as a result")
  func addition() throws {
    let record = try SampleRuns.record()
    let bytes = try record.fileContents()
    for altered in [bytes + [10], [32] + bytes, bytes + bytes, bytes.dropLast() + Array(" \n".utf8)] {
      #expect(throws: FileDamage.self) { try RunRecord(fileContents: altered, key: record.key) }
    }
  }

  @Test("a file of another schema, of another run, or with a false key is damaged, intact as it may be")
  func wrongContents() throws {
    let record = try SampleRuns.record()
    let other = try SampleRuns.record(sample: 1)
    let text = String(decoding: try record.fileContents(), as: UTF8.self)
    let cases: [(String, String, ContentKey, String)] = [
      (#""schema":1"#, #""schema":2"#, record.key, "schema is 2"),
      (#""schema":1"#, #""schema":"1""#, record.key, "not those of a run"),
      (#""sample":0"#, #""sample":1"#, record.key, "not that of its spec"),
      (#""data":"d1""#, #""data":"d2""#, record.key, "not that of its spec"),
      (#""seed":1"#, #""seed":9007199254740993"#, record.key, "cannot be made again"),
      (#""epochs":3,"#, "", record.key, "not those of a run"),
      ("", "", other.key, "not that of its name"),
    ]
    for (old, new, key, reason) in cases {
      #expect(old.isEmpty || text.contains(old))
      let spoilt = old.isEmpty ? text : text.replacing(old, with: new)
      let body = "{" + spoilt.dropFirst(13 + 64 + 2).dropLast()
      // The checksum is made anew, so that nothing but the contents is wrong.
      let bytes = #"{"checksum":"\#(SHA256.hex(of: Array(body.utf8)))","# + body.dropFirst() + "\n"
      let damage = #expect(throws: FileDamage.self) {
        try RunRecord(fileContents: Array(bytes.utf8), key: key)
      }
      #expect(try #require(damage).reason.contains(reason), "\(damage?.reason ?? "")")
    }
  }

  @Test("a damaged file is set aside and reported, each time under another name, and the run is then missing")
  func settingAside() throws {
    try SampleRuns.withFolder { folder in
      let store = RunStore(folder: folder)
      let record = try SampleRuns.record()
      for number in 1...2 {
        try store.write(record)
        let half = Array(try SampleRuns.bytes(store, record.key).prefix(99))
        try SampleRuns.overwrite(store, record.key, half)
        let place = "\(folder)/damaged/\(record.key).json.damaged-\(number)"
        let damaged = DamagedFile(
          kind: .run, key: record.key, reason: "it is cut short", setAsideAt: place)
        #expect(try store.read(record.key) == .damaged(damaged))
        #expect(damaged.description.contains(place))
        #expect(try Data(contentsOf: URL(filePath: place)) == Data(half))
        #expect(try store.read(record.key) == .missing)
      }
    }
  }

  @Test("a damaged file is called by what it held, and its message says what will be done without it")
  func words() throws {
    let key = try SampleRuns.record().key
    let endings: [StoredKind: (String, String)] = [
      .run: ("the stored run", "the run will be executed again"),
      .sample: ("the stored sample of functions", "the sample will be drawn again"),
      .kernel: ("the stored Monte-Carlo kernel", "the kernel will be computed again"),
      .block: ("the stored block of a sample of functions", "its part of the sample will be drawn again"),
      .kernelBlock: (
        "the stored block of a Monte-Carlo kernel", "its part of the kernel will be computed again"
      ),
      .weights: ("the stored file of weights of the run", "the run will be executed again"),
      .costs: ("the stored file of costs of the machine", "the costs will be measured again"),
      .checkpoint: ("the stored checkpoint", "that stage of the run will start from its beginning"),
    ]
    for kind in StoredKind.allCases {
      let (start, end) = try #require(endings[kind])
      let damage = DamagedFile(kind: kind, key: key, reason: "it is cut short", setAsideAt: "d/x")
      #expect(
        damage.description == "\(start) \(key) is damaged: it is cut short. It was set aside at d/x; \(end)")
    }
  }

  @Test("a write over a damaged file sets it aside and takes nothing from it")
  func writingOver() throws {
    try SampleRuns.withFolder { folder in
      let store = RunStore(folder: folder)
      try store.write(SampleRuns.record(measuring: [SampleRuns.sharpness]))
      let record = try SampleRuns.record(measuring: [SampleRuns.prior])
      try SampleRuns.overwrite(store, record.key, [])
      let written = try store.write(record)
      #expect(written.record == record && written.damaged?.reason == "it is cut short")
      #expect(try store.read(record.key) == .found(record))
    }
  }
}
