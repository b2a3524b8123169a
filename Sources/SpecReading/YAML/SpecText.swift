import Foundation
import Specifications

/// The text of a spec file.
enum SpecText {
  /// The largest file that is read: a hundred times the largest spec.
  static let largestSize = 1 << 20

  /// Reads the file at `path`, which may be a pipe.
  ///
  /// - Throws: ``SpecError/unreadable(path:reason:)``.
  static func read(_ path: String) throws(SpecError) -> String {
    guard let handle = FileHandle(forReadingAtPath: path),
      let data = try? handle.read(upToCount: largestSize + 1) ?? Data()
    else { throw .unreadable(path: path, reason: "it is not a file that can be opened") }
    guard data.count <= largestSize else {
      throw .unreadable(path: path, reason: "it is larger than \(largestSize) bytes, too large for a spec")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "it is not UTF-8 text")
    }
    return text
  }

  /// The first character of `text` that neither a page nor a picture can hold: a control character other than a
  /// line's end or a tab, or what Unicode calls a noncharacter; as U+0000.
  static func unprintable(in text: String) -> String? {
    text.unicodeScalars.first { scalar in
      scalar != "\n" && scalar != "\t" && scalar.properties.generalCategory == .control
        || scalar.properties.isNoncharacterCodePoint
    }.map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }
}
