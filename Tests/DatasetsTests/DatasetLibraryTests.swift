import Encodings
import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite("Looking data sets up and loading them")
struct DatasetLibraryTests {
  private let folder: TemporaryFolder
  private let labels = SampleFiles.labels([0, 5, 9, 4])
  private let images = SampleFiles.images(4)

  init() throws { folder = try TemporaryFolder() }

  private func writePart(_ part: String, in place: String, suffix: String = "") throws {
    for (contents, kind) in [(labels, "labels-idx1"), (images, "images-idx3")] {
      let bytes = suffix == ".gz" ? SampleFiles.gzip(contents) : contents
      try folder.write(bytes, to: "\(place)/\(part)-\(kind)-ubyte\(suffix)")
    }
  }

  @Test("the roots come in the documented order, without empty and doubled ones")
  func roots() {
    let environment = ["PLATEAU_DATA": "env", "XDG_DATA_HOME": "/x"]
    #expect(
      DataRoots(
        dataOption: "opt", environment: environment, currentDirectory: "/here", homeDirectory: "/home/a"
      ).folders == ["/here/opt", "/here/env", "/here/data", "/x/plateau", "/usr/share/datasets"])
    let plain = DataRoots(
      dataOption: "data", environment: ["PLATEAU_DATA": "", "XDG_DATA_HOME": "relative"],
      currentDirectory: "/here", homeDirectory: "/home/a")
    #expect(plain.folders == ["/here/data", "/home/a/.local/share/plateau", "/usr/share/datasets"])
    #expect(plain.fetchFolder == "/here/data")
    let bare = DataRoots(dataOption: nil, environment: [:], currentDirectory: "/here", homeDirectory: nil)
    #expect(bare.folders == ["/here/data", "/usr/share/datasets"])
    #expect(bare.fetchFolder == "/here/data")
  }

  @Test(
    "MNIST is found in each of its folders, in either spelling, plain and packed",
    arguments: ["mnist", "mnist-t10k", "MNIST/raw", "."], ["", ".gz"])
  func mnistFolders(place: String, suffix: String) throws {
    try writePart("t10k", in: place, suffix: suffix)
    let dataset = try library(root: folder.path).load(.mnist)
    #expect(dataset.summary == "MNIST, t10k part (4 images)")
    #expect(dataset.train.labels == [0, 5, 9, 4])
    #expect(dataset.train.pixels == Array(images[16...]))
    #expect((dataset.train.height, dataset.train.width, dataset.train.channels) == (2, 3, 1))
    #expect(dataset.test == nil)
    // SHA-256 of the two files one after another, by definition.
    #expect(dataset.digest == SHA256.hex(of: labels + images))
  }

  @Test("the spelling with a dot is found, and both parts are told apart")
  func bothParts() throws {
    let other = SampleFiles.images(2, offset: 100)
    try folder.write(labels, to: "mnist/train-labels.idx1-ubyte")
    try folder.write(images, to: "mnist/train-images.idx3-ubyte")
    try folder.write(SampleFiles.labels([1, 2]), to: "mnist/t10k-labels-idx1-ubyte")
    try folder.write(SampleFiles.gzip(other), to: "mnist/t10k-images-idx3-ubyte.gz")
    let dataset = try library(root: folder.path).load(.mnist)
    #expect(dataset.summary == "MNIST (4 + 2 images)")
    #expect(dataset.test?.pixels == Array(other[16...]))
    #expect(
      dataset.digest == SHA256.hex(of: labels + images + SampleFiles.labels([1, 2]) + other))
    guard case .files(let paths) = dataset.origin else { throw DatasetError.notGzip(file: "no files") }
    #expect(paths.count == 4)
    #expect(!dataset.summary.contains(folder.path))
  }

  @Test("the first root that has a data set gives it")
  func rootOrder() throws {
    try writePart("train", in: "a/mnist")
    try writePart("t10k", in: "b/mnist")
    let roots = DataRoots(
      dataOption: folder.path + "/b", environment: ["PLATEAU_DATA": folder.path + "/a"],
      currentDirectory: folder.path, homeDirectory: nil)
    #expect(try DatasetLibrary(roots: roots).load(.mnist).summary == "MNIST, t10k part (4 images)")
  }

  @Test("Fashion-MNIST files are never taken for MNIST")
  func fashion() throws {
    try writePart("train", in: "fashion-mnist", suffix: ".gz")
    let outer = library(root: folder.path)
    #expect(try outer.load(.fashionMNIST).summary == "Fashion-MNIST, train part (4 images)")
    #expect(try outer.load(.mnist).origin == .builtIn)
    #expect(try library(root: folder.path + "/fashion-mnist").load(.mnist).origin == .builtIn)
  }

  @Test("a root that --data or PLATEAU_DATA names must exist")
  func missingRoot() throws {
    let none = folder.path + "/none"
    #expect(throws: DatasetError.missingFolder(path: none, namedBy: "--data")) {
      try library(root: none).load(.mnist)
    }
    let roots = DataRoots(
      dataOption: nil, environment: ["PLATEAU_DATA": none], currentDirectory: folder.path,
      homeDirectory: nil)
    #expect(throws: DatasetError.missingFolder(path: none, namedBy: "PLATEAU_DATA")) {
      try DatasetLibrary(roots: roots).load(.mnist)
    }
  }

  @Test("a data set that is nowhere gives the places searched and what to do")
  func notFound() throws {
    let error = #expect(throws: DatasetError.self) {
      try library(root: folder.path).load(.cifar10)
    }
    let text = error?.description ?? ""
    #expect(text.contains("looked in \(folder.path):"))
    #expect(text.contains("plateau data fetch cifar10"))
    #expect(text.contains(folder.path + "/cifar-10-batches-bin"))
  }

  @Test("images without labels, and labels without images, are an error that names the missing file")
  func halves() throws {
    try folder.write(images, to: "mnist/train-images-idx3-ubyte")
    #expect(
      throws: DatasetError.missingFiles(
        .mnist, folder: folder.path + "/mnist", present: ["train-images-idx3-ubyte"],
        missing: ["train-labels-idx1-ubyte"])
    ) { try library(root: folder.path).load(.mnist) }
    try writePart("train", in: "mnist")
    try folder.write(SampleFiles.gzip(labels), to: "mnist/t10k-labels-idx1-ubyte.gz")
    let error = #expect(throws: DatasetError.self) { try library(root: folder.path).load(.mnist) }
    #expect(error?.description.contains("lacks t10k-images-idx3-ubyte") == true)
  }

  @Test("damaged files are an error, although the built-in images are there to fall back to")
  func noFallback() throws {
    try writePart("train", in: "mnist")
    let short = SampleFiles.labels([0, 5, 9])
    let labelFile = try folder.write(short, to: "mnist/train-labels-idx1-ubyte")
    #expect(
      throws: DatasetError.countMismatch(
        imageFile: folder.path + "/mnist/train-images-idx3-ubyte", imageCount: 4, labelFile: labelFile,
        labelCount: 3)
    ) { try library(root: folder.path).load(.mnist) }
  }

  @Test("parts with images of different sizes are an error")
  func sizeMismatch() throws {
    try writePart("train", in: "mnist")
    try folder.write(labels, to: "mnist/t10k-labels-idx1-ubyte")
    try folder.write(SampleFiles.images(4, height: 3, width: 2), to: "mnist/t10k-images-idx3-ubyte")
    let error = #expect(throws: DatasetError.self) { try library(root: folder.path).load(.mnist) }
    guard case .sizeMismatch(_, [2, 3], _, [3, 2]) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("the built-in images are 500 of each digit, the very ones the script made")
  func builtIn() throws {
    let dataset = try library(root: folder.path).load(.mnist)
    #expect(dataset.summary == "MNIST, 5 000 built-in images")
    #expect(dataset.train.count == 5000)
    #expect((dataset.train.height, dataset.train.width) == (28, 28))
    for digit in UInt8(0)...9 { #expect(dataset.train.labels.filter { $0 == digit }.count == 500) }
    // What scripts/make-builtin-mnist.py prints as the contents' digests.
    let (labelHeader, imageHeader) = (IDXHeader(dimensions: [5000]), IDXHeader(dimensions: [5000, 28, 28]))
    #expect(
      SHA256.hex(of: labelHeader.bytes + dataset.train.labels)
        == "4f2151411d92658bcb3e0b5e48c3317a5a5f04723e719e913b5b020248090440")
    #expect(
      SHA256.hex(of: imageHeader.bytes + dataset.train.pixels)
        == "104b8e54b33f21ead8343f742c6697bb5dc498274f49931110f9cc68b3fe1cd4")
  }
}
