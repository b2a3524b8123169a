import Encodings
import Foundation
import Reporting

/// The `SHA256SUMS` of a report, held against the files that are there.
struct ReportListing {
  /// The SHA-256 of the list itself: the digest of all that it covers.
  let digest: String
  /// The SHA-256 of each file that it lists.
  let digests: [String: String]
  /// What it lists and is not there, sorted.
  let missing: [String]
  /// What is there with another digest, sorted.
  let damaged: [String]

  /// The list in `folder`; `name` is the report's in messages. Costs one reading of every file.
  ///
  /// - Throws: ``BundlesError/notAReport(path:reason:)`` where there is no list.
  init(_ folder: URL, name: String) throws(BundlesError) {
    func bytes(_ file: String) -> Data? { try? Data(contentsOf: folder.appendingPathComponent(file)) }
    guard let listing = bytes(FolderReplacement.listing), let text = String(data: listing, encoding: .utf8),
      let listed = BagManifest.digests(text)
    else {
      throw .notAReport(path: name, reason: "its SHA256SUMS is missing or not a list of digests")
    }
    var (missing, damaged) = ([String](), [String]())
    for (file, expected) in listed.sorted(by: { $0.key < $1.key }) {
      guard EntryPath.problem(file) == nil, let data = bytes(file) else {
        missing.append(file)
        continue
      }
      if SHA256.hex(of: Array(data)) != expected { damaged.append(file) }
    }
    digest = SHA256.hex(of: Array(listing))
    digests = listed
    (self.missing, self.damaged) = (missing, damaged)
  }
}
