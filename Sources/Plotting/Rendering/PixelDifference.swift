/// What differs between two pictures, pixel by pixel. Where the sizes differ, what only one of them has
/// counts as changed.
package struct PixelDifference: Equatable, Sendable {
  /// Pixels that are not the same.
  package let changedCount: Int
  /// Pixels of the smallest rectangle that holds both pictures.
  package let count: Int
  /// Both pictures in one: unchanged parts pale, parts that became darker blue, parts that became lighter
  /// vermillion.
  package let picture: Pixels

  /// The changed share of the pixels, in 0…1.
  package var changedShare: Double { count == 0 ? 0 : Double(changedCount) / Double(count) }

  /// The difference from `before` to `after`. Time and memory grow with the number of pixels.
  package init(from before: Pixels, to after: Pixels) {
    let width = max(before.width, after.width)
    let height = max(before.height, after.height)
    var values: [UInt32] = []
    values.reserveCapacity(width * height)
    var changed = 0
    for row in 0..<height {
      for column in 0..<width {
        let old = before[column: column, row: row]
        let new = after[column: column, row: row]
        if let old, old == new {
          values.append(Self.pale(old))
        } else {
          changed += 1
          values.append(Self.mark(old ?? 0xFFFFFF, new ?? 0xFFFFFF))
        }
      }
    }
    changedCount = changed
    count = width * height
    picture = Pixels(width: width, height: height, values: values)
  }

  private static let (newer, older) = (UInt32(0x0072B2), UInt32(0xD55E00))

  /// A quarter of the contrast with white, in grey.
  private static func pale(_ pixel: UInt32) -> UInt32 {
    let grey = UInt32(255 - (255 - lightness(pixel)) / 4)
    return grey << 16 | grey << 8 | grey
  }

  /// The sign of a change, the stronger the larger it is, and never fainter than a third.
  private static func mark(_ old: UInt32, _ new: UInt32) -> UInt32 {
    let colour = lightness(new) <= lightness(old) ? newer : older
    let largest = [16, 8, 0].map { abs(channel(old, $0) - channel(new, $0)) }.max() ?? 0
    let share = max(largest, 85)
    return [16, 8, 0].reduce(UInt32(0)) { mixed, shift in
      mixed | UInt32(255 - (255 - channel(colour, shift)) * share / 255) << UInt32(shift)
    }
  }

  private static func channel(_ pixel: UInt32, _ shift: Int) -> Int { Int(pixel >> UInt32(shift) & 0xFF) }

  /// Relative luminance by the weights of ITU-R BT.601, 0…255.
  private static func lightness(_ pixel: UInt32) -> Int {
    (299 * channel(pixel, 16) + 587 * channel(pixel, 8) + 114 * channel(pixel, 0)) / 1000
  }
}
