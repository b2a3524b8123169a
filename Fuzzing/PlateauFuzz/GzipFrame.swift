import CZlib

/// A gzip file of bytes that are not packed (RFC 1951, §3.2.4), so that a changed byte of a tar is a changed byte of
/// the input and no wrong CRC.
enum GzipFrame {
  static func around(_ bytes: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xffff)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      file.append(rest.isEmpty ? 1 : 0)
      for word in [length, ~length] { file += [UInt8(word & 255), UInt8(word >> 8)] }
      file += block
    } while !rest.isEmpty
    for word in [UInt32(crc32(0, bytes, UInt32(bytes.count))), UInt32(truncatingIfNeeded: bytes.count)] {
      file += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    return file
  }
}
