/// The pixels of a drawn picture, row by row from the top, each 0xRRGGBB.
struct Pixels: Equatable, Sendable {
  let width: Int
  let height: Int
  let values: [UInt32]
}
