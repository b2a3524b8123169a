import DatasetDescriptions
import Foundation

/// A folder that holds files of a data set, and which of them.
struct DatasetLocation {
  /// The files of one part.
  struct Part {
    var part: DatasetPart
    /// The paths, in the order in which the format names them.
    var files: [String]
  }

  let name: DatasetName
  let folder: String
  /// What reads the files.
  let format: any ImageFormat.Type
  /// The complete parts.
  let parts: [Part]
  /// The files of begun parts that are not there, by their unpacked names.
  let missing: [String]
  /// The files that are there, by path.
  let files: [String]

  /// The first folder under `root` that holds any file of `name`.
  static func find(_ name: DatasetName, under root: String) -> DatasetLocation? {
    for folderName in name.facts.files?.folders ?? [] {
      if folderName.isEmpty && isFolder(root, ofAnotherThan: name) { continue }
      let folder = folderName.isEmpty ? root : root + "/" + folderName
      if let location = DatasetLocation(name, in: folder) { return location }
    }
    return nil
  }

  /// The location, where `folder` holds any file of `name`.
  init?(_ name: DatasetName, in folder: String) {
    guard let format = name.facts.files?.format.reader else { return nil }
    var parts: [Part] = []
    var missing: [String] = []
    var files: [String] = []
    for part in DatasetPart.allCases {
      let wanted = format.fileNames(of: part)
      let found = wanted.map { spellings in Self.firstFile(in: folder, named: spellings) }
      let present = found.compactMap { $0 }
      files += present
      if present.count == wanted.count {
        parts.append(Part(part: part, files: present))
      } else if !present.isEmpty {
        missing += zip(wanted, found).filter { $0.1 == nil }.compactMap { $0.0.first }
      }
    }
    if files.isEmpty { return nil }
    self.name = name
    self.folder = folder
    self.format = format
    self.parts = parts
    self.missing = missing
    self.files = files
  }

  /// The number of classes, which labels are below.
  var classCount: Int { name.facts.classNames.count }

  /// The error for files that are useless without others.
  var incompleteness: DatasetError? {
    guard !missing.isEmpty else { return nil }
    let present = files.map { URL(fileURLWithPath: $0).lastPathComponent }
    return .missingFiles(name, folder: folder, present: present, missing: missing)
  }

  /// The first of these files that is there; the plain one where there is a packed one too.
  private static func firstFile(in folder: String, named spellings: [String]) -> String? {
    let paths = spellings.flatMap { ["\(folder)/\($0)", "\(folder)/\($0).gz"] }
    return paths.first { FileManager.default.fileExists(atPath: $0) }
  }

  /// Whether `folder` is named for another data set whose files have the same names: Debian installs
  /// Fashion-MNIST, whose file names are those of MNIST, into such a folder.
  private static func isFolder(_ folder: String, ofAnotherThan name: DatasetName) -> Bool {
    let others = DatasetName.allCases.filter { other in
      other != name && other.facts.files?.format == name.facts.files?.format
    }.map { $0.rawValue.filter(\.isLetter) }
    let url = URL(fileURLWithPath: folder)
    return [url, url.resolvingSymlinksInPath()].contains { url in
      url.pathComponents.suffix(2).contains { component in
        others.contains(component.lowercased().filter(\.isLetter))
      }
    }
  }
}
