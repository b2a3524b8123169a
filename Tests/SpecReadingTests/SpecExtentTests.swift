import Foundation
import SpecReading
import TestSupport
import Testing

/// Files that are small as text and large, or not to be shown, as values.
@Suite("What a spec may hold")
struct SpecExtentTests {
  /// Nine lists, each of nine aliases to the one before: 9⁹ values.
  private static let growing =
    ["l0: &l0 [x, x, x, x, x, x, x, x, x]"]
    + (1..<9).map { "l\($0): &l\($0) [\(Array(repeating: "*l\($0 - 1)", count: 9).joined(separator: ", "))]" }

  private func message(_ file: String, _ text: String) -> String {
    var texts = SampleSpecs.texts
    texts[file] = text
    do throws(SpecError) {
      _ = try SpecLibrary(texts: texts, folder: "specs")
      return ""
    } catch {
      return error.description
    }
  }

  @Test(
    "aliases that grow are refused at the value that is one too many", arguments: ["fig3.yml", "claims.yml"])
  func aliases(file: String) {
    let text = Self.growing.joined(separator: "\n") + "\nall: *l8\n"
    let message = message(file, text)
    #expect(message.hasPrefix("specs/\(file):6:10: "), "\(message)")
    #expect(message.contains("more than 100000 values"))
  }

  @Test("text that grows by aliases is refused")
  func longText() {
    let text =
      "a: &a \(String(repeating: "x", count: 100_000))\nb: [\(Array(repeating: "*a", count: 60).joined(separator: ", "))]\n"
    #expect(message("fig3.yml", text).contains("more than 4000000 bytes of text"))
  }

  @Test("a key that grows is refused before it is compared with others")
  func keys() {
    let text = Self.growing.joined(separator: "\n") + "\n? *l8\n: 1\n"
    #expect(message("fig3.yml", text).contains("more than 100000 values"))
  }

  @Test(
    "values that lie too deep are refused, written out or by aliases",
    arguments: [
      String(repeating: "[", count: 101) + String(repeating: "]", count: 101),
      "{a: &a \(String(repeating: "[", count: 90))\(String(repeating: "]", count: 90)), b: [[[[[[[[[[[*a]]]]]]]]]]]}",
    ])
  func depth(text: String) {
    let message = message("claims.yml", text)
    #expect(message.hasPrefix("specs/claims.yml:1:"), "\(message)")
    #expect(message.contains("more than 100 deep"), "\(message)")
  }

  @Test("an alias of a file's own is read as what it stands for")
  func smallAlias() throws {
    let library = try SampleSpecs.library(
      replacing: "measure: [generalization, sharpness/mnist-fcn, prior/heaviside]",
      with:
        "measure: &m [generalization, sharpness/mnist-fcn, prior/heaviside]\n  twin:\n    from: {figure: \"3\", runs: small}\n    measure: *m"
    )
    let runs = try #require(library.figures(profile: .paper).first).runs
    #expect(runs["twin"]?.measurements == runs["small"]?.measurements)
  }

  @Test("a byte-order mark is passed over, and places are as without it")
  func byteOrderMark() throws {
    let figure = try #require(SampleSpecs.texts["fig3.yml"])
    #expect(message("fig3.yml", "\u{FEFF}" + figure).isEmpty)
    let spoilt = "\u{FEFF}" + figure.replacing("figure: \"3\"", with: "figur: \"3\"")
    #expect(message("fig3.yml", spoilt).hasPrefix("specs/fig3.yml:1:1: unknown key 'figur'"))
  }

  @Test(
    "a character that no page can hold is refused where the text begins",
    arguments: [
      ("\\0", "U+0000"), ("\\e", "U+001B"), ("\\x7f", "U+007F"), ("\\uFFFE", "U+FFFE"), ("\\r", "U+000D"),
    ])
  func unprintable(escape: String, name: String) {
    let figure = SampleSpecs.figure3.replacing("title: A title", with: "title: \"A\(escape)B\"")
    let message = message("fig3.yml", figure)
    #expect(message.hasPrefix("specs/fig3.yml:2:8: "), "\(message)")
    #expect(message.contains(name))
  }

  @Test("tolerances are held to the same, and a file without end is not read to it")
  func tolerances() throws {
    let folder = try TemporaryFolder()
    let text = Self.growing.joined(separator: "\n") + "\nstatistics: *l8\n"
    let own = try folder.write(Array(text.utf8), to: "own.yml")
    let defaults = TinyProject.repository + "/figures/tolerances.yml"
    let error = #expect(throws: SpecError.self) {
      try TolerancesReader.tolerances(defaults: defaults, own: own)
    }
    #expect(error?.description.contains("more than 100000 values") == true)
    #expect(throws: SpecError.self) { try TolerancesReader.tolerances(defaults: defaults, own: "/dev/zero") }
    let marked = try folder.write(Array("\u{FEFF}exceptions: []\n".utf8), to: "marked.yml")
    #expect(throws: Never.self) { try TolerancesReader.tolerances(defaults: defaults, own: marked) }
  }
}
