import Encodings
import TestSupport
import Testing

@testable import Datasets

@Suite("The digest of a file")
struct FileDigestTests {
  @Test("a file read in pieces has the digest of its bytes in memory")
  func pieces() throws {
    let folder = try TemporaryFolder()
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: (2 << 20) + 3)
    #expect(try SHA256.hex(ofFile: folder.write(bytes, to: "a")) == SHA256.hex(of: bytes))
  }
}
