import DatasetDescriptions
import Encodings
import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite("Listing and verifying data")
struct InventoryAndVerificationTests {
  private let folder: TemporaryFolder
  private let labels = SampleFiles.labels([0, 5, 9, 4])
  private let images = SampleFiles.images(4)

  init() throws { folder = try TemporaryFolder() }

  @Test("the list says what is where, what is in use, and what is nowhere")
  func inventory() throws {
    try folder.write(SampleFiles.gzip(labels), to: "mnist/t10k-labels-idx1-ubyte.gz")
    try folder.write(images, to: "mnist/t10k-images-idx3-ubyte")
    let entries = library(root: folder.path).inventory()
    let mnist = entries.filter { $0.name == .mnist }
    #expect(mnist.map(\.isUsed) == [true, false])
    #expect(mnist[0].place == .folder(folder.path + "/mnist"))
    #expect(mnist[0].packing == .mixed)
    #expect(mnist[0].files == ["t10k-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte"])
    #expect(mnist[0].parts == [DatasetEntry.Part(part: .test, count: 4)])
    #expect(mnist[0].problem == nil)
    #expect(mnist[1].place == .builtIn)
    #expect(mnist[1].parts == [DatasetEntry.Part(part: .train, count: 5000)])
    #expect(entries.filter { $0.name == .cifar10 }.map(\.place) == [.nowhere])
  }

  @Test("the list shows damage that headers show")
  func inventoryOfDamage() throws {
    try folder.write(labels, to: "mnist/t10k-labels-idx1-ubyte")
    let path = try folder.write([1, 2, 3, 4] + images[4...], to: "mnist/t10k-images-idx3-ubyte")
    let entry = library(root: folder.path).inventory().first
    #expect(entry?.problem == .wrongMagic(file: path, expected: 0x803, got: 0x0102_0304))
  }

  @Test("verification tells official, readable, damaged and unpaired files apart")
  func verify() throws {
    let labelFile = try folder.write(labels, to: "mnist/train-labels-idx1-ubyte")
    let imageFile = try folder.write(SampleFiles.gzip(images), to: "mnist/train-images-idx3-ubyte.gz")
    let library = library(root: folder.path)
    #expect(
      library.verify() == [
        VerificationResult(
          name: .mnist, file: labelFile,
          outcome: .readableButNotOfficial(sha256: SHA256.hex(of: labels))),
        VerificationResult(
          name: .mnist, file: imageFile,
          outcome: .readableButNotOfficial(sha256: SHA256.hex(of: SampleFiles.gzip(images)))),
      ])
    try folder.write(SampleFiles.labels([1]), to: "mnist/train-labels-idx1-ubyte")
    #expect(
      library.verify().last?.outcome
        == .damaged(
          .countMismatch(imageFile: imageFile, imageCount: 4, labelFile: labelFile, labelCount: 1)))
    try folder.write(Array(images.dropLast()), to: "mnist/train-images-idx3-ubyte")
    #expect(
      library.verify().map(\.outcome).last
        == .damaged(
          .truncatedContents(
            file: folder.path + "/mnist/train-images-idx3-ubyte", expected: 40, got: 39)))
    try folder.write(
      SampleFiles.cifarRecord(label: 1, red: 0, green: 0, blue: 0), to: "cifar-10-batches-bin/test_batch.bin")
    guard case .noOfficialDigest = library.verify().last?.outcome else {
      Issue.record("\(String(describing: library.verify().last))")
      return
    }
  }

  @Test(
    "official contents under the names of another part are told by their own name", arguments: ["", ".gz"])
  func misnamed(suffix: String) throws {
    let official = try #require(DatasetName.mnist.facts.files?.official)
    let location = try #require(
      DatasetLocation(.mnist, in: try written(["t10k-labels-idx1-ubyte", "t10k-images.idx3-ubyte"], suffix)))
    let names = official.map(\.name)
    #expect(location.files.map { location.isOfficialName(names[3], of: $0) } == [true, false])
    #expect(location.files.map { location.isOfficialName(names[2], of: $0) } == [false, true])
    #expect(location.files.map { location.isOfficialName(names[0], of: $0) } == [false, false])
  }

  private func written(_ names: [String], _ suffix: String) throws -> String {
    for name in names { try folder.write(images, to: "mnist/" + name + suffix) }
    return folder.path + "/mnist"
  }

  @Test("MNIST's t10k part under the names of its train part is misnamed", .enabled(if: hostPart != nil))
  func misnamedPart() throws {
    for kind in ["labels-idx1", "images-idx3"] {
      let file = try Data(contentsOf: URL(fileURLWithPath: "\(hostPart ?? "")/t10k-\(kind)-ubyte.gz"))
      try folder.write(Array(file), to: "mnist/train-\(kind)-ubyte.gz")
    }
    #expect(
      library(root: folder.path).verify().map(\.outcome) == [
        .otherOfficialFile("t10k-labels-idx1-ubyte.gz"), .otherOfficialFile("t10k-images-idx3-ubyte.gz"),
      ])
  }

  @Test(
    "the data that PLATEAU_DATA names is sound, and MNIST and Fashion-MNIST there are official",
    .enabled(if: hostData != nil))
  func hostFiles() throws {
    let library = library(root: hostData ?? "")
    for result in library.verify() {
      if case .damaged(let error) = result.outcome { Issue.record("\(error)") }
      if result.name != .cifar10 { #expect(result.outcome == .official) }
    }
    let mnist = try library.load(.mnist)
    #expect(mnist.train.count == 60_000 || mnist.train.count == 10_000 || mnist.origin == .builtIn)
  }
}
