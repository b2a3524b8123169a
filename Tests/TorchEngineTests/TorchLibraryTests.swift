import Encodings
import Foundation
import NeuralNetworks
import TestSupport
import Testing

@testable import TorchEngine

@Suite("The plug-in on libtorch") struct TorchLibraryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file with the digest that belongs to it.
  private func file(_ bytes: [UInt8], digestOf other: [UInt8]? = nil) throws -> String {
    let path = "\(folder.path)/libplateau-torch.so"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    try Data((SHA256.hex(of: other ?? bytes) + "\n").utf8).write(to: URL(fileURLWithPath: "\(path).sha256"))
    return path
  }

  private func words(_ path: String) -> String {
    do {
      _ = try TorchLibrary(path)
      return ""
    } catch { return error.description }
  }

  /// A shared library that every system with this program has, and that is none of ours.
  private static let foreign: [UInt8] = {
    let folders = [
      "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/lib/aarch64-linux-gnu",
    ]
    let paths = folders.map { "\($0)/libz.so.1" }
    return paths.lazy.compactMap { FileManager.default.contents(atPath: $0) }.first.map(Array.init) ?? []
  }()

  @Test("one that is not there is looked for beside the program, or where the variable says")
  func missing() {
    let path = "\(folder.path)/none.so"
    #expect(words(path).contains("no plug-in at \(path)") && words(path).contains("make engine-torch"))
    #expect(TorchLibrary.expectedPath(environment: ["PLATEAU_TORCH_ENGINE": path]) == path)
    let beside = TorchLibrary.expectedPath(environment: [:])
    #expect(beside.hasSuffix("/libplateau-torch.so") && beside.hasPrefix("/"))
  }

  @Test("one that was cut short, or changed, is not loaded")
  func damaged() throws {
    let whole = Self.foreign
    try #require(whole.count > 1000)
    var changed = whole
    changed[whole.count / 2] ^= 1
    for bytes in [Array(whole.prefix(whole.count / 2)), [], changed] {
      let path = try file(bytes, digestOf: whole)
      #expect(words(path).contains("is damaged") && words(path).contains(path))
    }
    let path = try file(whole)
    try FileManager.default.removeItem(atPath: "\(path).sha256")
    #expect(words(path).contains("cannot be read"))
  }

  @Test("a file that is no library, or another library, is refused with what it lacks")
  func foreign() throws {
    #expect(words(try file(Array("no library".utf8))).contains("cannot be loaded"))
    #expect(words(try file(Self.foreign)).contains("is no plug-in of plateau"))
  }

  @Test(
    "devices by name",
    arguments: [
      ("cpu", TorchDevice.processor), ("cuda", .gpu(0)), ("cuda:0", .gpu(0)), ("cuda:13", .gpu(13)),
      ("cuda:-1", nil), ("cuda:+1", nil), ("cuda:", nil), ("cuda:x", nil), ("gpu", nil), ("cpu:0", nil),
      ("", nil),
    ] as [(String, TorchDevice?)])
  func devices(name: String, device: TorchDevice?) { #expect(TorchDevice(name) == device) }
}
