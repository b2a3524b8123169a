import COpenSSL
package import Foundation

/// A hash function of the SHA-2 family (FIPS 180-4).
package enum DigestAlgorithm: String, Sendable, CaseIterable {
  case sha256, sha512
}

/// The hash of bytes that come piece by piece, by OpenSSL's libcrypto.
///
/// A class because it owns the library's context.
package final class DigestStream {
  private let context: OpaquePointer

  /// The hash of no bytes yet.
  package init(_ algorithm: DigestAlgorithm) {
    guard let context = EVP_MD_CTX_new() else { preconditionFailure("no memory for a hash's context") }
    self.context = context
    let function =
      switch algorithm {
      case .sha256: EVP_sha256()
      case .sha512: EVP_sha512()
      }
    precondition(EVP_DigestInit_ex(context, function, nil) == 1, "libcrypto has no \(algorithm.rawValue)")
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Appends `bytes` to what is hashed.
  package func update(_ bytes: some ContiguousBytes) {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      precondition(EVP_DigestUpdate(context, start, buffer.count) == 1, "libcrypto refuses bytes")
    }
  }

  /// The hash in lower-case hexadecimal digits: 64 for SHA-256, 128 for SHA-512. Call once.
  package func finish() -> String {
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    precondition(EVP_DigestFinal_ex(context, &bytes, &count) == 1, "libcrypto gives no hash")
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.prefix(Int(count)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
package enum SHA256 {
  /// The digest of bytes in memory.
  package static func hex(of bytes: some ContiguousBytes) -> String {
    let stream = DigestStream(.sha256)
    stream.update(bytes)
    return stream.finish()
  }

  /// The digest of the UTF-8 bytes of `text`.
  package static func hex(ofText text: String) -> String { hex(of: Array(text.utf8)) }

  /// The digest of several pieces, one after another.
  package static func hex(ofPieces pieces: [[UInt8]]) -> String {
    let stream = DigestStream(.sha256)
    for piece in pieces { stream.update(piece) }
    return stream.finish()
  }
}
