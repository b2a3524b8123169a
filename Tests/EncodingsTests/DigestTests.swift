import Encodings
import Testing

@Suite("SHA-2")
struct DigestTests {
  // FIPS 180-4 examples (NIST, "SHA-256 example values", "SHA-512 example values").
  private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("the values of NIST's examples, of bytes, of text and of pieces")
  func examples() {
    #expect(SHA256.hex(of: Array("abc".utf8)) == abc)
    #expect(SHA256.hex(ofText: "abc") == abc)
    #expect(SHA256.hex(ofPieces: [Array("a".utf8), [], Array("bc".utf8)]) == abc)
    #expect(
      SHA256.hex(of: [UInt8]()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(SHA256.hex(of: million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("SHA-512 in pieces has the value of NIST's example")
  func longer() {
    let stream = DigestStream(.sha512)
    stream.update(Array("ab".utf8))
    stream.update(Array("c".utf8))
    #expect(
      stream.finish()
        == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")
  }
}
