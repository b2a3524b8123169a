import Testing

@testable import Bundles

@Suite("Manifests of bags")
struct BagManifestTests {
  @Test("names with line ends and % come back")
  func names() {
    let digests = ["data/a b": "01", "data/50%": "02", "data/line\nend": "03"]
    let text = BagManifest.text(digests)
    #expect(text == "02  data/50%25\n01  data/a b\n03  data/line%0Aend\n")
    #expect(BagManifest.digests(text) == digests)
  }

  @Test("a line without a path and a path that is listed twice are refused")
  func refused() {
    #expect(BagManifest.digests("0123\n") == nil)
    #expect(BagManifest.digests("01  a\n02  a\n") == nil)
    #expect(BagManifest.digests("01  ./a\n") == ["a": "01"])
    // As md5sum writes them, and with the line ends of other systems; U+2028 is part of a name.
    #expect(
      BagManifest.digests("01 *a\r\n02\tb\u{2028}c\r03  d%0a\n") == [
        "a": "01", "b\u{2028}c": "02", "d\n": "03",
      ])
  }

  @Test("digests are those of FIPS 180-4's one-block message")
  func digests() {
    let found = ContentDigests.digests(of: Array("abc".utf8))
    #expect(found[.sha256] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      found[.sha512]
        == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")
  }
}
