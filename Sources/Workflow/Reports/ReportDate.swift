import Foundation

/// The date that a report bears: not the clock's, which would change its bytes.
package enum ReportDate {
  /// `SOURCE_DATE_EPOCH` is no point in time.
  package struct Unreadable: Error, CustomStringConvertible {
    let value: String
    package var description: String {
      "SOURCE_DATE_EPOCH is '\(value)'; it must be a number of seconds since 1970"
    }
  }

  /// The date as ISO 8601: `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/), or
  /// the epoch itself where that is not set.
  package static func iso8601(sourceDateEpoch: String?) throws(Unreadable) -> String {
    let endOfYear9999 = 253_402_300_800.0
    guard let seconds = sourceDateEpoch.map({ TimeInterval($0) }) ?? 0, (0..<endOfYear9999).contains(seconds)
    else { throw Unreadable(value: sourceDateEpoch ?? "") }
    return Date(timeIntervalSince1970: seconds).ISO8601Format()
  }
}
