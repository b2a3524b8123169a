import Crypto
import Foundation

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal, 64 characters.
public enum SHA256Digest {
  /// The digest of bytes in memory.
  public static func hex(of data: some DataProtocol) -> String {
    hex(SHA256.hash(data: data))
  }

  /// The digest of a file, read piece by piece.
  public static func hex(ofFile path: String) throws(DatasetError) -> String {
    let file = try PlainFileReader(path: path)
    var hasher = SHA256()
    while true {
      let piece = try file.read(upTo: 1 << 20)
      if piece.isEmpty { return hex(hasher.finalize()) }
      hasher.update(data: piece)
    }
  }

  /// The digest of several pieces, one after another.
  static func hex(ofPieces pieces: [[UInt8]]) -> String {
    var hasher = SHA256()
    for piece in pieces { hasher.update(data: piece) }
    return hex(hasher.finalize())
  }

  private static func hex(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var characters: [UInt8] = []
    for byte in digest {
      characters.append(digits[Int(byte >> 4)])
      characters.append(digits[Int(byte & 15)])
    }
    return String(decoding: characters, as: UTF8.self)
  }
}
