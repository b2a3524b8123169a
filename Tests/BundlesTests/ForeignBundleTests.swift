import Encodings
import Foundation
import Testing

@testable import Bundles

/// Bundles that were damaged where libarchive does not look, and sound ones that other tools packed.
@Suite("Bundles from elsewhere")
struct ForeignBundleTests {
  private func problems(_ path: String) throws -> [String] { try BagVerification(path).outcome().problems }

  /// The files of a sound bundle below its own folder, changed, with manifests of the bag's own files to match.
  private func files(
    of site: SampleSite, changing change: (inout [String: Data]) -> Void
  ) throws -> (root: String, files: [String: Data]) {
    let bundled = try site.bundled()
    let root = try #require(bundled.first?.path.split(separator: "/").first.map(String.init))
    var files = Dictionary(
      uniqueKeysWithValues: bundled.map { (String($0.path.dropFirst(root.count + 1)), $0.data) })
    let payload = files.keys.filter { $0.hasPrefix("data/") }
    change(&files)
    if files.keys.filter({ $0.hasPrefix("data/") }).count != payload.count { list(payloadOf: &files) }
    let tags = files.filter { !$0.key.hasPrefix("data/") && !$0.key.hasPrefix("tagmanifest-") }
    for algorithm in DigestAlgorithm.allCases {
      let digests = tags.mapValues { ContentDigests.digests(of: Array($0))[algorithm] ?? "" }
      files[algorithm.tagFile] = Data(BagManifest.text(digests).utf8)
    }
    return (root, files)
  }

  /// Writes the manifests of a payload anew, and its size.
  private func list(payloadOf files: inout [String: Data]) {
    let payload = files.filter { $0.key.hasPrefix("data/") }
    for algorithm in DigestAlgorithm.allCases {
      let digests = payload.mapValues { ContentDigests.digests(of: Array($0))[algorithm] ?? "" }
      files[algorithm.payloadFile] = Data(BagManifest.text(digests).utf8)
    }
    let bytes = payload.values.reduce(0) { $0 + $1.count }
    files["bag-info.txt"] = Data("Payload-Oxum: \(bytes).\(payload.count)\n".utf8)
  }

  private func archive(
    of site: SampleSite, changing change: (inout [String: Data]) -> Void
  ) throws -> String {
    let (root, files) = try files(of: site, changing: change)
    try ArchiveWriter.bytes(of: files.sorted { $0.key < $1.key }.map { ("\(root)/\($0.key)", $0.value) })
      .write(to: URL(fileURLWithPath: site.path("b.tar.gz")))
    return site.path("b.tar.gz")
  }

  enum Damage: CaseIterable {
    case checksum, length, cutTrailer, garbage, zeros, secondArchive, garbageInTar
  }

  @Test("a wrong CRC or length, and anything behind the end, is damage", arguments: Damage.allCases)
  func gzip(_ damage: Damage) throws {
    let site = try SampleSite()
    defer { site.remove() }
    let path = try archive(of: site) { _ in }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    switch damage {
    case .checksum: bytes[bytes.count - 8] ^= 1
    case .length: bytes[bytes.count - 1] ^= 1
    case .cutTrailer: bytes.removeLast(3)
    case .garbage: bytes.append(contentsOf: "x".utf8)
    case .zeros: bytes.append(Data(count: 512))
    case .secondArchive: bytes.append(bytes)
    case .garbageInTar:
      // A gzip stream of its own, as RFC 1952 has them one behind the other: three bytes behind the archive's end.
      bytes.append(contentsOf: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 0x06, 0x00])
      bytes.append(contentsOf: [0xc2, 0x41, 0x24, 0x35, 3, 0, 0, 0])
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    #expect(throws: BundlesError.self) { try problems(path) }
    #expect(throws: BundlesError.self) { try UnpackedBundle(path) }
  }

  @Test(
    "the archives of tar are read in each of its formats, with ./ in front and names beyond ASCII",
    arguments: ["gnu", "pax", "ustar"])
  func tar(format: String) throws {
    let site = try SampleSite()
    defer { site.remove() }
    let added = "data/naïve Größe 先验.txt"
    let (root, files) = try files(of: site) { $0[added] = Data("x".utf8) }
    for (name, data) in files {
      let url = URL(fileURLWithPath: site.path("unpacked/\(root)/\(name)"))
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: url)
    }
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = [
      "tar", "--format=\(format)", "-C", site.path("unpacked"), "-czf", site.path("t.tar.gz"), "./\(root)",
    ]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
    #expect(try problems(site.path("t.tar.gz")).isEmpty)
    #expect(try SampleSite.contents(site.path("t.tar.gz"))["\(root)/\(added)"] == Data("x".utf8))
  }

  @Test(
    "labels of bag-info.txt are the same in any case, with any line ends, and need not be there",
    arguments: [
      ("Payload-Oxum", "payload-oxum", true), ("Payload-Oxum: ", "PAYLOAD-OXUM:\t ", true),
      ("\n", "\r\n", true),
      ("Payload-Oxum", "Other", true), ("Payload-Oxum: ", "payload-oxum: 1", false),
    ])
  func oxum(old: String, new: String, isSound: Bool) throws {
    let site = try SampleSite()
    defer { site.remove() }
    let path = try archive(of: site) { files in
      let text = String(decoding: files["bag-info.txt"] ?? Data(), as: UTF8.self)
      files["bag-info.txt"] = Data(text.replacing(old, with: new).utf8)
    }
    #expect(
      try problems(path) == (isSound ? [] : ["bag-info.txt: its Payload-Oxum is not that of the payload"]))
  }

  @Test("what fetch.txt names must stand in the manifests, and be there")
  func fetch() throws {
    let site = try SampleSite()
    defer { site.remove() }
    func found(_ text: String) throws -> [String] {
      try problems(try archive(of: site) { $0["fetch.txt"] = Data(text.utf8) })
    }
    #expect(try found("https://example.org/ 3 data/index.html\n").isEmpty)
    #expect(
      try found("https://example.org/ - data/other.html\n")
        == ["sha256", "sha512"].map {
          "fetch.txt: names 'data/other.html', which is in no manifest-\($0).txt"
        })
    #expect(
      try found("data/index.html\n")
        == ["fetch.txt: damaged (a line is not an address, a length and a path)"])
  }
}
