import Foundation

@testable import Bundles
@testable import Datasets
@testable import NeuralNetworks
@testable import SpecReading

/// A reader of files that others may have written, by the name of its folder of seeds.
enum Reader: String, CaseIterable {
  case npy, safetensors, idx, cifar, specs, tolerances, accepted, bundle, documents, records

  /// Reads `bytes` as far as they can be read.
  func read(_ bytes: [UInt8]) {
    switch self {
    case .npy:
      guard let array = try? NumpyArray(bytes: bytes, path: "x.npy") else { return }
      _ = try? array.inputs(path: "x.npy")
      _ = try? array.labels(path: "x.npy")
    case .safetensors:
      guard let file = try? SafetensorsFile(bytes: bytes, path: "w") else { return }
      _ = try? FullyConnectedNetwork(file, path: "w")
    case .idx:
      let file = ScratchFile.path(of: bytes, named: Self.isPacked(bytes) ? "images.gz" : "images")
      _ = try? IDXFormat.images(file)
      _ = try? IDXFormat.labels(file, classCount: 10)
    case .cifar:
      let file = ScratchFile.path(of: bytes, named: Self.isPacked(bytes) ? "batch.bin.gz" : "batch.bin")
      _ = try? CIFARFormat.images([file], classCount: 10)
    case .specs: SpecInput(text: String(decoding: bytes, as: UTF8.self)).read()
    case .tolerances:
      let file = ScratchFile.path(of: bytes, named: "tolerances.yml")
      _ = try? TolerancesReader.tolerances(defaults: file)
      _ = try? TolerancesReader.tolerances(defaults: ScratchFile.defaults, own: file)
    case .accepted:
      // What is read is written as it was read, or is not written.
      let name = AcceptedReader.fileName(of: "3")
      guard
        let figure = try? AcceptedReader.figure(text: String(decoding: bytes, as: UTF8.self), file: name),
        let text = try? AcceptedText.text(figure, file: name)
      else { return }
      guard let again = try? AcceptedReader.figure(text: text, file: name),
        (try? AcceptedText.text(again, file: name)) == text
      else { fatalError("what was read is not what was written") }
    case .bundle:
      let file = ScratchFile.path(
        of: Self.isPacked(bytes) ? bytes : GzipFrame.around(bytes), named: "b.tar.gz")
      _ = try? BagVerification(file, limits: ArchiveLimits(bytes: 1 << 24, entries: 1000)).outcome()
    case .documents: DocumentInput(bytes: bytes).read()
    case .records: RecordInput(bytes: bytes).read()
    }
  }

  /// Whether the bytes begin as gzip does.
  private static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }
}
