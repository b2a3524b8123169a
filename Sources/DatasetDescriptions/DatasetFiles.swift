/// How and where the files of a data set are found and fetched.
package struct DatasetFiles: Sendable {
  /// How a file holds images and labels.
  package enum Format: Sendable {
    /// IDX: images and labels in files of their own (LeCun, Cortes & Burges).
    case idx
    /// The binary version of CIFAR-10: records of a label and an image (Krizhevsky).
    case cifarBinary
  }

  package let format: Format
  /// The folders under a data root in which the files are looked for, in order; "" is the root itself.
  package let folders: [String]
  /// The folder under a data root into which they are fetched.
  package let fetchFolder: String
  /// What the authors published, with pinned digests.
  package let official: [OfficialFile]
  /// Whether that is an archive of the files, whose folder is ``fetchFolder``, and not the files themselves.
  package let isArchived: Bool
  /// The folder of the images that ship with the program; nil for none.
  package let builtInFolder: String?
}

/// One file as the authors of a data set published it.
package struct OfficialFile: Sendable, Equatable {
  /// The file name.
  package let name: String
  /// SHA-256 of the file, packed as published.
  package let sha256: String
  /// SHA-256 of the unpacked contents, which also recognises files that were packed again; nil for archives.
  package let contentSHA256: String?
  /// Where to get it: the official address first, then mirrors of it.
  package let addresses: [String]

  /// A file with its digests and addresses.
  package init(name: String, sha256: String, contentSHA256: String?, addresses: [String]) {
    self.name = name
    self.sha256 = sha256
    self.contentSHA256 = contentSHA256
    self.addresses = addresses
  }

  /// Gzipped files of the same names in several folders; digests of the packed file and of its contents.
  static func gzipped(
    in folders: [String], _ files: [(name: String, packed: String, contents: String)]
  ) -> [OfficialFile] {
    files.map { file in
      OfficialFile(
        name: file.name + ".gz", sha256: file.packed, contentSHA256: file.contents,
        addresses: folders.map { $0 + file.name + ".gz" })
    }
  }
}
