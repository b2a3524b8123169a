import Foundation

/// The date that a report bears: not the clock's, which would change its bytes.
package enum ReportDate {
  /// `SOURCE_DATE_EPOCH` is no point in time.
  package struct Unreadable: Error, CustomStringConvertible {
    let value: String
    package var description: String {
      "SOURCE_DATE_EPOCH is '\(value)'; it must be the seconds since 1970, in digits alone"
    }
  }

  /// The date as ISO 8601: `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/), or
  /// the epoch itself where that is not set.
  package static func iso8601(sourceDateEpoch: String?) throws(Unreadable) -> String {
    let endOfYear9999 = 253_402_300_800
    let text = sourceDateEpoch ?? "0"
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard text.utf8.allSatisfy(digits.contains), let seconds = Int(text), seconds < endOfYear9999 else {
      throw Unreadable(value: text)
    }
    return Date(timeIntervalSince1970: TimeInterval(seconds)).ISO8601Format()
  }
}
