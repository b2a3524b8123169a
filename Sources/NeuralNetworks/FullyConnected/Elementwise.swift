/// The loops around the products, each one pass over its arrays.
enum Elementwise {
  /// values ← max(0, values + biases) for every row. A NaN stays NaN: the comparison is written so.
  static func addBiasAndRectify(
    _ values: UnsafeMutablePointer<Float>, _ biases: UnsafePointer<Float>, rows: Int, columns: Int
  ) {
    for row in 0..<rows {
      let start = values + row * columns
      for column in 0..<columns {
        let sum = start[column] + biases[column]
        start[column] = 0 > sum ? 0 : sum
      }
    }
  }

  /// values ← values + biases for every row.
  static func addBias(
    _ values: UnsafeMutablePointer<Float>, _ biases: UnsafePointer<Float>, rows: Int, columns: Int
  ) {
    for row in 0..<rows {
      let start = values + row * columns
      for column in 0..<columns { start[column] += biases[column] }
    }
  }

  /// Sets an error to zero where the rectified output is zero (ReLU'(0) = 0).
  static func zeroWhereInactive(
    _ errors: UnsafeMutablePointer<Float>, _ outputs: UnsafePointer<Float>, count: Int
  ) {
    for i in 0..<count { errors[i] = outputs[i] == 0 ? 0 : errors[i] }
  }

  /// target ← keep · target + scale · (sum of each column); `keep` 0 forgets what target held.
  static func accumulateColumnSums(
    _ values: UnsafePointer<Float>, rows: Int, columns: Int, scale: Float, keep: Float,
    into target: UnsafeMutablePointer<Float>
  ) {
    for column in 0..<columns { target[column] = keep == 0 ? 0 : keep * target[column] }
    for row in 0..<rows {
      let start = values + row * columns
      for column in 0..<columns { target[column] += scale * start[column] }
    }
  }
}
