import Foundation

/// A folder that holds files of a data set, and which of them.
struct DatasetLocation {
  /// The files of one part: `images` and `labels` for IDX, `images` alone for CIFAR-10, whose records hold
  /// both.
  struct PartFiles {
    var part: DatasetPart
    var images: [String]
    var labels: [String]
    var all: [String] { labels + images }
  }

  let name: DatasetName
  let folder: String
  /// The parts of which any file is there, complete ones only.
  let parts: [PartFiles]
  /// The files of begun parts that are not there, by their unpacked names.
  let missing: [String]
  /// The files that are there, by path.
  let files: [String]

  /// The first folder under `root` that holds any file of `name`.
  static func find(_ name: DatasetName, under root: String) -> DatasetLocation? {
    for folderName in name.folderNames {
      // Fashion-MNIST has the file names of MNIST, and Debian installs them into such a folder.
      if folderName.isEmpty && name == .mnist && isFashionFolder(root) { continue }
      let folder = folderName.isEmpty ? root : root + "/" + folderName
      if let location = DatasetLocation(name, in: folder) { return location }
    }
    return nil
  }

  /// The location, where `folder` holds any file of `name`.
  init?(_ name: DatasetName, in folder: String) {
    var parts: [PartFiles] = []
    var missing: [String] = []
    var files: [String] = []
    for part in DatasetPart.allCases {
      let wanted = Self.fileNames(of: name, part)
      let found = wanted.map { spellings in Self.firstFile(in: folder, named: spellings) }
      let present = found.compactMap { $0 }
      files += present
      if present.count == wanted.count {
        parts.append(
          name == .cifar10
            ? PartFiles(part: part, images: present, labels: [])
            : PartFiles(part: part, images: [present[1]], labels: [present[0]]))
      } else if !present.isEmpty {
        missing += zip(wanted, found).filter { $0.1 == nil }.compactMap { $0.0.first }
      }
    }
    if files.isEmpty { return nil }
    self.name = name
    self.folder = folder
    self.parts = parts
    self.missing = missing
    self.files = files
  }

  /// The error for files that are useless without others.
  var incompleteness: DatasetError? {
    guard !missing.isEmpty else { return nil }
    let present = files.map { URL(fileURLWithPath: $0).lastPathComponent }
    return .missingFiles(name, folder: folder, present: present, missing: missing)
  }

  /// The spellings of each file of a part; for IDX the labels, then the images.
  private static func fileNames(of name: DatasetName, _ part: DatasetPart) -> [[String]] {
    switch name {
    case .cifar10: part.cifarFileNames.map { [$0] }
    case .drawnShapes: []
    case .mnist, .fashionMNIST:
      ["labels-idx1", "images-idx3"].map { kind in
        let hyphened = "\(part.idxPrefix)-\(kind)-ubyte"
        return [hyphened, hyphened.replacing("-idx", with: ".idx")]
      }
    }
  }

  /// The first of these files that is there; the plain one where there is a packed one too.
  private static func firstFile(in folder: String, named spellings: [String]) -> String? {
    spellings.flatMap { [$0, $0 + ".gz"] }.map { folder + "/" + $0 }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  private static func isFashionFolder(_ folder: String) -> Bool {
    let url = URL(fileURLWithPath: folder)
    return [url, url.resolvingSymlinksInPath()].contains { url in
      url.pathComponents.suffix(2).contains { component in
        component.lowercased().filter(\.isLetter) == "fashionmnist"
      }
    }
  }
}
