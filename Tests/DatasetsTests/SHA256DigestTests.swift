import Testing

@testable import Datasets

@Suite("SHA-256")
struct SHA256DigestTests {
  // FIPS 180-4 examples (NIST, "SHA-256 example values").
  private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("the values of NIST's examples, of bytes, of pieces and of a file")
  func examples() throws {
    #expect(SHA256Digest.hex(of: Array("abc".utf8)) == abc)
    #expect(SHA256Digest.hex(ofPieces: [Array("a".utf8), [], Array("bc".utf8)]) == abc)
    let folder = try TemporaryFolder()
    #expect(try SHA256Digest.hex(ofFile: folder.write(Array("abc".utf8), to: "abc")) == abc)
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      try SHA256Digest.hex(ofFile: folder.write(million + million, to: "a"))
        == SHA256Digest.hex(of: million + million))
    #expect(
      SHA256Digest.hex(of: million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}
