import DatasetDescriptions

/// One of the two parts that the authors of a data set published separately.
package enum DatasetPart: String, CaseIterable, Codable, Sendable {
  /// The part meant for training.
  case train
  /// The part meant for testing.
  case test
}

/// How files hold labelled images: their names, and their reading, which checks everything that the format
/// states.
protocol ImageFormat {
  /// The spellings of the name of each file of a part, without `.gz`.
  static func fileNames(of part: DatasetPart) -> [[String]]
  /// What the format's own file names call a part, for reports.
  static func word(for part: DatasetPart) -> String
  /// The images of one part; labels are below `classCount`.
  static func images(_ files: [String], classCount: Int) throws(DatasetError) -> PartContents
  /// The number of images of one part, as far as headers show.
  static func count(_ files: [String], classCount: Int) throws(DatasetError) -> Int
  /// Reads a file to its end, and gives the SHA-256 of its unpacked contents as the format lays them out; nil
  /// for a format whose single files have no official digest.
  static func contentDigest(_ file: String, classCount: Int) throws(DatasetError) -> String?
}

/// The images of one part as read.
struct PartContents {
  var images: LabelledImages
  /// SHA-256 of the unpacked labels file; nil for a format that keeps them with the images.
  var labelsDigest: String? = nil
}

extension DatasetFiles.Format {
  /// What reads files of the format.
  var reader: any ImageFormat.Type {
    switch self {
    case .idx: IDXFormat.self
    case .cifarBinary: CIFARFormat.self
    }
  }
}
