import Encodings
import Foundation
import FunctionPriors
import Planning

@testable import RunStorage

/// A file of the store, its checksum made right, so that what is behind it is read.
struct RecordInput {
  let bytes: [UInt8]

  private static let jsonStart = Array(#"{"checksum":""#.utf8)

  func read() {
    if bytes.starts(with: Self.jsonStart), bytes.count > 80 {
      readJSON()
    } else if bytes.count > 65 {
      readPayload()
    }
    _ = FunctionBlock(bytes: bytes, samples: 1000)
  }

  /// Runs and samples.
  private func readJSON() {
    let body = Array("{".utf8) + bytes[79..<bytes.count - 1]
    let file = Self.jsonStart + Array(SHA256.hex(of: body).utf8) + Array("\",".utf8) + body.dropFirst() + [10]
    guard let key else { return }
    _ = try? RunRecord(fileContents: file, key: key)
    _ = try? FunctionSampleRecord(fileContents: file, key: key)
  }

  /// Kernels and checkpoints.
  private func readPayload() {
    let body = Array(bytes[65...])
    let file = Array(SHA256.hex(of: body).utf8) + [10] + body
    guard let key else { return }
    _ = try? StoredKernel(fileContents: file, key: key)
    let store = CheckpointStore(folder: ScratchFile.folder + "/store")
    let folder = "\(store.folder)/\(StoredKind.checkpoint.folder)/\(key.description.prefix(2))/\(key)"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: "\(folder)/training.\(StoredKind.checkpoint.fileExtension)", contents: Data(file))
    _ = try? store.read(key, stage: "training", arithmetic: "fuzz")
    try? FileManager.default.removeItem(atPath: store.folder)
  }

  /// The key that the file itself names, under which it would be found.
  private var key: ContentKey? {
    let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    let digits = text.firstMatch(of: /"(?:key|run)":"([0-9a-f]{64})"/).map { String($0.output.1) }
    return ContentKey(digits ?? String(repeating: "0", count: 64))
  }
}
