import CCairo
import Encodings
import Foundation

/// Owns a Pango font map in which one family has its faces.
///
/// The map is this object's own: Pango's default one is shared by whatever else runs in the process. To look for fonts and
/// open them takes longer than to set the text of most pictures, so that many pictures share one. Not to be used by two
/// threads at once.
final class FontMap {
  let family: String
  let pointer: UnsafeMutablePointer<PangoFontMap>

  /// Finds the upright, bold and oblique faces of `family`.
  ///
  /// - Throws: ``PlottingError/missingFont(family:face:package:)`` when one is not installed; a slanted
  ///   version made up from the upright face does not count.
  init(family: String) throws(PlottingError) {
    _ = Self.areOwnFontsFirst
    guard let map = pango_cairo_font_map_new() else { throw .surface(status: "no font map could be made") }
    self.family = family
    pointer = map
    let present = Self.faces(of: family, in: map)
    for (face, package) in Self.packages where !present.contains(face) {
      throw .missingFont(family: family, face: face.rawValue, package: package)
    }
  }

  deinit { g_object_unref(pointer) }

  /// Whether fontconfig looks at the fonts of the program's distribution before those of the system, which may have
  /// none; asked for once.
  private static let areOwnFontsFirst: Bool = {
    // An installed program (`make install`) has none of its own.
    guard let file = Distribution.sharedFolder.map({ $0 + "/fonts/fonts.conf" }),
      FileManager.default.fileExists(atPath: file), let configuration = FcConfigCreate()
    else { return false }
    // The process holds one more reference to its current configuration.
    defer { FcConfigDestroy(configuration) }
    return FcConfigParseAndLoad(configuration, file, FcBool(FcTrue)) == FcTrue
      && FcConfigBuildFonts(configuration) == FcTrue && FcConfigSetCurrent(configuration) == FcTrue
  }()

  private enum Face: String { case upright, bold, oblique }

  /// The faces that pictures use, and the Debian packages that hold them.
  private static let packages: [(Face, String)] = [
    (.upright, "fonts-dejavu-core fonts-dejavu-extra"), (.bold, "fonts-dejavu-core fonts-dejavu-extra"),
    (.oblique, "fonts-dejavu-extra"),
  ]

  private static func faces(of name: String, in map: UnsafeMutablePointer<PangoFontMap>) -> Set<Face> {
    var families: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
    var familyCount: Int32 = 0
    pango_font_map_list_families(map, &families, &familyCount)
    defer { g_free(families) }
    var found: Set<Face> = []
    for i in 0..<Int(familyCount) {
      guard let family = families?[i], String(cString: pango_font_family_get_name(family)) == name else {
        continue
      }
      var faces: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFace>?>?
      var faceCount: Int32 = 0
      pango_font_family_list_faces(family, &faces, &faceCount)
      defer { g_free(faces) }
      for j in 0..<Int(faceCount) {
        if let face = faces?[j], let kind = kind(of: face) { found.insert(kind) }
      }
    }
    return found
  }

  /// Which of the faces this is; nil for one that pictures do not use.
  private static func kind(of face: UnsafeMutablePointer<PangoFontFace>) -> Face? {
    guard pango_font_face_is_synthesized(face) == 0, let description = pango_font_face_describe(face) else {
      return nil
    }
    defer { pango_font_description_free(description) }
    guard pango_font_description_get_stretch(description) == PANGO_STRETCH_NORMAL else { return nil }
    let isUpright = pango_font_description_get_style(description) == PANGO_STYLE_NORMAL
    switch pango_font_description_get_weight(description) {
    case PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_BOOK: return isUpright ? .upright : .oblique
    case PANGO_WEIGHT_BOLD: return isUpright ? .bold : nil
    default: return nil
    }
  }
}
