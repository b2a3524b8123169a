import Plotting
package import SpecReading

extension SpecLibrary {
  /// The specs in `folder`, all of whose texts can be drawn on this machine.
  ///
  /// - Throws: `SpecError` with the place of a text that no font of the machine can set, or as
  ///   `SpecLibrary.init(folder:)`.
  package static func drawable(folder: String) throws -> SpecLibrary {
    let specs = try SpecLibrary(folder: folder)
    do {
      _ = try specs.otherFonts()
    } catch PlottingError.missingCharacters {
      // One by one, to find it.
      for drawn in specs.drawnTexts {
        do {
          _ = try PictureRenderer().otherFonts(for: [drawn.set])
        } catch PlottingError.missingCharacters {
          throw SpecError.outOfRange(
            key: drawn.key, value: drawn.text,
            allowed: "text that a font of this machine can set: install a font that has its characters",
            at: drawn.location)
        }
      }
    }
    return specs
  }

  /// The fonts, beside the pictures' own, that the specs' texts take characters from.
  func otherFonts() throws -> Set<String> {
    try PictureRenderer().otherFonts(for: drawnTexts.map(\.set)).reduce(into: []) {
      $0.formUnion($1)
    }
  }
}

extension DrawnText {
  /// The text as a picture sets it; the size does not matter.
  fileprivate var set: Text { Text(Text.escaped(text), size: 10) }
}
