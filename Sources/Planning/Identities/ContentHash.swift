import Crypto

/// SHA-256 (FIPS 180-4) as text.
public enum ContentHash {
  /// The 64 lower-case hexadecimal digits of the hash of `bytes`.
  public static func sha256(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return SHA256.hash(data: bytes).reduce(into: "") { text, byte in
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
  }
}
