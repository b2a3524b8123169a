import Encodings

extension SHA256 {
  /// The digest of a file, read piece by piece.
  package static func hex(ofFile path: String) throws(DatasetError) -> String {
    let file = try PlainFileReader(path: path)
    let stream = DigestStream(.sha256)
    while true {
      let piece = try file.read(upTo: 1 << 20)
      if piece.isEmpty { return stream.finish() }
      stream.update(piece)
    }
  }
}
