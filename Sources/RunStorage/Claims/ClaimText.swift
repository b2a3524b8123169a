import Encodings
import Foundation

/// Who has a claim, as the claim's file states it.
package struct ClaimOwner: Codable, Equatable, Sendable {
  /// The process that has it.
  package let process: ProcessName
  /// What this claim alone is called.
  let token: UUID
  /// Milliseconds without a sign of life after which others may take the claim.
  let lease: Int
}

/// The contents of a claim's file: a line of JSON with the owner, and a line with a number of always the same
/// length, which the owner raises as long as it lives.
struct ClaimText {
  let owner: ClaimOwner
  var beat = 0

  init(_ owner: ClaimOwner) { self.owner = owner }

  /// The text of a file; nil where it is none.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first,
      let owner = try? JSONDecoder().decode(ClaimOwner.self, from: Data(first)), owner.lease > 0
    else { return nil }
    self.owner = owner
  }

  var bytes: [UInt8] {
    guard let line = try? CanonicalJSON.text(of: owner) else {
      preconditionFailure("expected a text for every owner of a claim")
    }
    let number = String(beat)
    return Array("\(line)\n\(String(repeating: "0", count: max(0, 12 - number.count)))\(number)\n".utf8)
  }
}
