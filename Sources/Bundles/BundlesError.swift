/// The errors of reading reports and bundles, and of writing bundles.
package enum BundlesError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path does not exist.
  case notFound(path: String)
  /// The folder is no report of plateau.
  case notAReport(path: String, reason: String)
  /// The report or bundle is of a layout that this version does not know.
  case otherSchema(path: String, file: String, found: String, expected: String)
  /// Files of the report are missing, or differ from their digests in `SHA256SUMS`.
  case damagedReport(path: String, missing: [String], damaged: [String])
  /// A file of the report is malformed.
  case unreadable(path: String, file: String, reason: String)
  /// A run of the report is not in the store.
  case runMissing(key: String, store: String, count: Int)
  /// A stored result of the report is damaged; it was set aside.
  case damagedResult(String)
  /// The file is no archive that can be read.
  case notAnArchive(path: String, reason: String)
  /// The archive is damaged or ends early.
  case damagedArchive(path: String, reason: String)
  /// The archive holds an entry that no bundle may hold.
  case unsafeEntry(path: String, entry: String, reason: String)
  /// The archive holds more than it may.
  case tooLarge(path: String, reason: String)
  /// The archive is no BagIt bag of a report.
  case notABag(path: String, reason: String)
  /// The bag contradicts its manifests.
  case damagedBag(path: String, problems: [String])
  /// libarchive could not pack the files.
  case notPacked(reason: String)
  /// A bundle could not be unpacked into the folder of temporary files.
  case notUnpacked(path: String, folder: String, reason: String)

  /// What went wrong, where, and what to do.
  package var description: String {
    switch self {
    case .notFound(let path): "\(path) does not exist: name a report's folder or a bundle (.tar.gz)"
    case .notAReport(let path, let reason):
      "\(path) is not a report of plateau: \(reason). Name the folder that 'plateau report' wrote"
    case .otherSchema(let path, let file, let found, let expected):
      """
      \(path) has \(file) of the layout '\(found)', and this version reads '\(expected)': make the report \
      again with this version, or use the version that made it
      """
    case .damagedReport(let path, let missing, let damaged):
      """
      \(path) is not whole\(Self.list("missing", missing))\(Self.list("changed since it was written", damaged)): \
      make the report again, or restore it from its bundle
      """
    case .unreadable(let path, let file, let reason):
      "\(path)/\(file) cannot be read: \(reason). Make the report again"
    case .runMissing(let key, let store, let count):
      """
      \(count) of the report's runs \(count == 1 ? "is" : "are") not in the store \(store), such as \(key): \
      name the store that the report was made from with --store, or make the report again
      """
    case .damagedResult(let damage): "\(damage). Make the report again"
    case .notAnArchive(let path, let reason):
      "\(path) is not a bundle (.tar.gz): \(reason). Name a file that 'plateau archive' wrote"
    case .damagedArchive(let path, let reason):
      "\(path) is damaged or ends early: \(reason). Take another copy of it, or archive the report again"
    case .unsafeEntry(let path, let entry, let reason):
      """
      \(path) holds '\(entry)', \(reason); nothing of it is unpacked. A bundle of plateau never has one: do \
      not trust this file
      """
    case .tooLarge(let path, let reason):
      "\(path): \(reason). If you trust the file, allow more with --maximum-size"
    case .notABag(let path, let reason):
      "\(path) is not a bundle of plateau: \(reason). Name a file that 'plateau archive' wrote"
    case .damagedBag(let path, let problems):
      "\(path) is damaged: \(problems.joined(separator: "; ")). Take another copy of it"
    case .notPacked(let reason):
      "the files could not be packed: \(reason). Make memory free, and call again"
    case .notUnpacked(let path, let folder, let reason):
      "\(path) cannot be unpacked into \(folder): \(reason). Make room there, or set TMPDIR to another folder"
    }
  }

  private static func list(_ what: String, _ files: [String]) -> String {
    guard !files.isEmpty else { return "" }
    let shown = files.prefix(5).joined(separator: ", ")
    return "; \(what): \(shown)" + (files.count > 5 ? " and \(files.count - 5) more" : "")
  }
}
