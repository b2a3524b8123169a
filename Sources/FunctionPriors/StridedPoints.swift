/// Every `stride`-th of `total` points from `offset` on: all of them, or a subset that looks like the whole.
struct StridedPoints {
  let offset: Int
  let stride: Int
  let total: Int

  static func all(_ total: Int) -> StridedPoints { StridedPoints(offset: 0, stride: 1, total: total) }

  /// The number of points chosen.
  var count: Int { max(0, (total - offset + stride - 1) / stride) }

  /// The index of the chosen point number `position` among all points.
  subscript(position: Int) -> Int { offset + position * stride }
}
