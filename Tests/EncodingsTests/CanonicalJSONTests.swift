import Foundation
import Testing

@testable import Encodings

@Suite("Canonical JSON")
struct CanonicalJSONTests {
  @Test(
    "numbers are written as RFC 8785, Appendix B, lists them",
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
      (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
      (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
      (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
      (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
      (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
      (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
      (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
      (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
      (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func numbers(bits: UInt64, expected: String) throws {
    #expect(try CanonicalJSON.text(of: Double(bitPattern: bits)) == expected)
  }

  @Test("every double reads back as itself, and with no fewer digits")
  func roundTrip() throws {
    var bits: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<5000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: bits)
      guard value.isFinite else { continue }
      let text = try CanonicalJSON.text(of: value)
      #expect(Double(text) == value, "\(text)")
      let decoded = try JSONDecoder().decode(Double.self, from: Data(text.utf8))
      #expect(decoded.bitPattern == value.bitPattern, "\(text)")
    }
  }

  @Test("keys are sorted by UTF-16 code units, as in RFC 8785, §3.2.3")
  func keys() throws {
    let object = [
      "\u{20AC}": "Euro Sign", "\r": "Carriage Return", "\u{FB33}": "Hebrew Letter Dalet With Dagesh",
      "1": "One", "\u{1F600}": "Emoji: Grinning Face", "\u{80}": "Control",
      "\u{F6}": "Latin Small Letter O With Diaeresis",
    ]
    let expected =
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\","
      + "\"\u{F6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20AC}\":\"Euro Sign\","
      + "\"\u{1F600}\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
    let text = try CanonicalJSON.text(of: object)
    #expect(Array(text.utf8) == Array(expected.utf8))
  }

  @Test("the sample of RFC 8785, §3.2.2, comes out to the byte")
  func sample() throws {
    let value = JSONValue.object([
      "numbers": .array(
        [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001].map { .number($0) }),
      "string": .text("\u{20AC}$\u{0F}\u{0A}A'\u{42}\u{22}\u{5C}\\\"/"),
      "literals": .array([.null, .boolean(true), .boolean(false)]),
    ])
    var text = ""
    CanonicalJSON.append(value, to: &text)
    let expected =
      #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
      + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    #expect(text == expected)
  }

  @Test("a value of every shape reads back as itself")
  func shapes() throws {
    struct Inner: Codable, Equatable {
      var name: String
      var missing: Int?
    }
    struct Outer: Codable, Equatable {
      var flags = [true, false]
      var integers: [Int64] = [-9_007_199_254_740_992, 0, 9_007_199_254_740_992]
      var single: Float = 0.1
      var nested = [[1.5], [], [-2.25]]
      var byName = ["b": Inner(name: "\u{0}\u{1F}\"\\/é", missing: nil), "a": Inner(name: "", missing: 3)]
      var holes: [Int?] = [1, nil, 3]
    }
    let text = try CanonicalJSON.text(of: Outer())
    #expect(try JSONDecoder().decode(Outer.self, from: Data(text.utf8)) == Outer())
    #expect(
      text.hasPrefix(#"{"byName":{"a":{"missing":3,"name":""},"b":{"name":"\u0000\u001f\"\\/é"}},"flags""#))
  }

  @Test("what a double cannot hold exactly is refused with its path")
  func refusals() {
    #expect(throws: CanonicalJSONError.integerTooLarge("9007199254740993", path: "a.1")) {
      try CanonicalJSON.text(of: ["a": [1, 9_007_199_254_740_993]])
    }
    #expect(throws: CanonicalJSONError.integerTooLarge("18446744073709551615", path: "")) {
      try CanonicalJSON.text(of: UInt64.max)
    }
    // 2⁶⁰ is a double, but its neighbours are not: readers cannot tell which was meant.
    #expect(throws: CanonicalJSONError.self) { try CanonicalJSON.text(of: 1 << 60) }
    #expect(throws: Never.self) { try CanonicalJSON.text(of: 0x1p60) }
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(throws: CanonicalJSONError.notFinite(path: "x")) { try CanonicalJSON.text(of: ["x": value]) }
    }
  }
}
