import Plotting
package import SpecReading

extension SpecLibrary {
  /// The specs in `folder`, all of whose texts can be drawn on this machine, with the fonts, beside the
  /// pictures' own, that they take characters from.
  ///
  /// - Throws: `SpecError` with the place of a text that no font of the machine can set, or as
  ///   `SpecLibrary.init(folder:)`.
  package static func drawable(folder: String) throws -> (specs: SpecLibrary, otherFonts: Set<String>) {
    let specs = try SpecLibrary(folder: folder)
    // The size does not matter.
    let texts = specs.drawnTexts.map { Text(Text.escaped($0.text), size: 10) }
    do throws(PlottingError) {
      return (specs, Set(try PictureRenderer().otherFonts(for: texts).joined()))
    } catch {
      guard case .missingCharacters(_, let markup) = error,
        let index = texts.firstIndex(where: { $0.markup == markup })
      else { throw error }
      let drawn = specs.drawnTexts[index]
      throw SpecError.outOfRange(
        key: drawn.key, value: drawn.text,
        allowed: "text that a font of this machine can set: install a font that has its characters",
        at: drawn.location)
    }
  }
}
