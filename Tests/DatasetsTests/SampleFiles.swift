@testable import Datasets

/// Small files in the formats of the data sets, written here without the code under test.
enum SampleFiles {
  /// An IDX file of 2 × 3 images whose pixels count up; dimensions big-endian, as the format says.
  static func images(_ count: Int, height: UInt8 = 2, width: UInt8 = 3, offset: Int = 0) -> [UInt8] {
    [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, height, 0, 0, 0, width]
      + (0..<count * Int(height) * Int(width)).map { UInt8(($0 + offset) % 256) }
  }

  /// An IDX file of labels.
  static func labels(_ labels: [UInt8]) -> [UInt8] {
    [0, 0, 8, 1, 0, 0, 0, UInt8(labels.count)] + labels
  }

  /// One member of gzip with stored (unpacked) deflate blocks: RFC 1952 §2.3, RFC 1951 §3.2.4.
  static func gzip(_ contents: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
    var rest = contents[...]
    repeat {
      let block = rest.prefix(0xffff)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      bytes.append(rest.isEmpty ? 1 : 0)
      bytes += [UInt8(length & 0xff), UInt8(length >> 8), UInt8(~length & 0xff), UInt8(~length >> 8)]
      bytes += block
    } while !rest.isEmpty
    for word in [crc32(contents), UInt32(contents.count)] {
      bytes += (0..<4).map { UInt8(word >> (8 * $0) & 0xff) }
    }
    return bytes
  }

  /// A record of CIFAR-10 with planes of one value each.
  static func cifarRecord(label: UInt8, red: UInt8, green: UInt8, blue: UInt8) -> [UInt8] {
    [label] + [red, green, blue].flatMap { [UInt8](repeating: $0, count: 1024) }
  }

  /// CRC-32 as RFC 1952 §8 defines it, bit by bit.
  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xffff_ffff
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 {
        let isOdd = crc & 1 == 1
        crc >>= 1
        if isOdd { crc ^= 0xedb8_8320 }
      }
    }
    return ~crc
  }
}

/// A library over one root only, whatever the machine holds elsewhere.
func library(root: String) -> DatasetLibrary {
  DatasetLibrary(roots: DataRoots(named: [(root, "--data")], others: [], fetchFolder: root))
}
