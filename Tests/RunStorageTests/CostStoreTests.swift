import Foundation
import RunStorage
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
    "a damaged file is as good as none, and is written again", arguments: ["", "{", "{\"schema\":\"x\"}"])
  func damaged(text: String) throws {
    let store = CostStore(folder: folder.path, machine: "one")
    store.write(times)
    try folder.write(Array(text.utf8), to: "costs/" + (try #require(files.first)))
    #expect(store.read().isEmpty)
    store.write(times)
    #expect(store.read() == times)
  }

  @Test("a folder that cannot be written is done without")
  func unwritable() throws {
    try folder.write([1], to: "file")
    let store = CostStore(folder: folder.path + "/file", machine: "one")
    store.write(times)
    #expect(store.read().isEmpty && folder.read("file") == [1])
  }
}
