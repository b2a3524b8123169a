import Encodings
import Foundation
import RunStorage
import Synchronization
import TestSupport
import Testing

@Suite("The costs of a machine")
struct CostStoreTests {
  private let folder: TemporaryFolder
  private let times = ["training/sgd fcn mnist 500": CostStore.Times(counted: 1.5, taken: 3)]

  init() throws { folder = try TemporaryFolder() }

  private var files: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/costs")) ?? []
  }

  @Test("each machine finds its own times again")
  func roundTrip() {
    let store = CostStore(folder: folder.path, machine: "one")
    #expect(store.read().isEmpty)
    store.write(times)
    #expect(store.read() == times)
    #expect(CostStore(folder: folder.path, machine: "other").read().isEmpty)
    CostStore(folder: folder.path, machine: "other").write([:])
    #expect(store.read() == times)
    #expect(files.count == 2)
  }

  @Test(
    "a damaged file is named, set aside and written again", arguments: ["", "{", "{\"schema\":\"x\"}"])
  func damaged(text: String) throws {
    let store = CostStore(folder: folder.path, machine: "one")
    store.write(times)
    try folder.write(Array(text.utf8), to: "costs/" + (try #require(files.first)))
    let damaged = Mutex<[DamagedFile]>([])
    #expect(store.read { damage in damaged.withLock { $0.append(damage) } }.isEmpty)
    let named = damaged.withLock { $0 }
    #expect(named.map(\.kind) == [.costs] && named[0].setAsideAt.hasPrefix(folder.path + "/damaged/"))
    store.write(times)
    #expect(store.read() == times)
  }

  @Test("what an earlier version counted is none, and not damage")
  func earlierLayout() throws {
    let store = CostStore(folder: folder.path, machine: "one")
    store.write(times)
    let path = "costs/" + (try #require(files.first))
    let text = String(decoding: try #require(folder.read(path)), as: UTF8.self)
    #expect(text.contains(#""schema":3"#))
    // {"checksum":"<64 digits>",<body>}, the checksum that of {<body>}.
    let body = "{" + text.dropFirst(79).dropLast().replacing(#""schema":3"#, with: #""schema":2"#)
    let earlier = #"{"checksum":""# + SHA256.hex(of: Array(body.utf8)) + #"","# + body.dropFirst() + "\n"
    try folder.write(Array(earlier.utf8), to: path)
    #expect(store.read { damage in Issue.record("damaged: \(damage.reason)") }.isEmpty)
    #expect(files.count == 1)
    store.write(times)
    #expect(store.read() == times)
  }

  @Test("the costs of another machine under this one's name are not taken for its own")
  func otherMachine() throws {
    CostStore(folder: folder.path, machine: "other").write(times)
    let other = try #require(files.first)
    let store = CostStore(folder: folder.path, machine: "one")
    store.write([:])
    let own = try #require(files.first { $0 != other })
    try folder.write(try #require(folder.read("costs/\(other)")), to: "costs/\(own)")
    #expect(store.read().isEmpty)
  }

  @Test("a folder that cannot be written is done without")
  func unwritable() throws {
    try folder.write([1], to: "file")
    let store = CostStore(folder: folder.path + "/file", machine: "one")
    store.write(times)
    #expect(store.read().isEmpty && folder.read("file") == [1])
  }
}
