import CNetworkProducts
import LinearAlgebra

/// The products of one layer with few units, in Float64.
///
/// BLAS copies both sides of a product before it begins, which for some tens of columns takes as long as the
/// product; these read them where they lie, and of a lower triangle nothing above it. Every number is one sum
/// in ascending order, as in ``LayerProducts``. Widths that are no multiple of ``laneCount`` are left to BLAS.
struct DoublePrecisionProducts {
  /// Widths of whole vectors are multiples of this.
  static let laneCount = 4
  /// The rows of a triangle that are worked on at a time, each as far as the longest of them goes.
  private static let step = 64

  /// Rows of `depth` numbers without gaps.
  struct Rows {
    let values: UnsafePointer<Double>
    let depth: Int
    /// Whether row i has zeros after number i.
    var isLowerTriangle = false
  }

  /// What a row's sums start from.
  enum Start {
    /// As many numbers as a row of the output.
    case biases(UnsafePointer<Double>)
    /// What the output holds.
    case output
    case zero

    fileprivate var biases: UnsafePointer<Double>? {
      if case .biases(let numbers) = self { numbers } else { nil }
    }

    fileprivate var isOutput: Bool { if case .output = self { true } else { false } }
  }

  private let arithmetic: LayerArithmetic

  /// Products by one path.
  init(_ arithmetic: LayerProducts.Arithmetic = .fastest) {
    precondition(arithmetic.isAvailable, "expected a processor with AVX2")
    self.arithmetic = arithmetic.inC
  }

  /// output ← `start` + rows · matrix, and 0 where `gates`, of the output's shape, is 0; 2 · count · depth ·
  /// width flops, half of that for a triangle.
  ///
  /// - Parameters:
  ///   - matrix: row-major, shape `[depth, width]`.
  ///   - output: shape `[count, width]`.
  func multiply(
    _ rows: Rows, count: Int, by matrix: UnsafePointer<Double>, width: Int, from start: Start,
    gates: UnsafePointer<Double>?, into output: UnsafeMutablePointer<Double>
  ) {
    guard width % Self.laneCount == 0 else {
      switch start {
      case .biases(let numbers):
        for row in 0..<count { (output + row * width).update(from: numbers, count: width) }
      case .zero: output.update(repeating: 0, count: count * width)
      case .output: break
      }
      multiplyAccumulate(
        count, width, rows.depth, rows.values, leadingDimension: rows.depth, .asStored,
        matrix, leadingDimension: width, .asStored, beta: 1, into: output, leadingDimension: width)
      if let gates { DoublePrecisionWorkspace.zeroWhereInactive(output, gates, count: count * width) }
      return
    }
    forEachStep(rows, count: count) { first, some, depth in
      layer_double_product(
        arithmetic, matrixInC(rows, from: first, depth: depth), Int64(some), matrix, Int64(width),
        DoubleEnds(
          biases: start.biases, gates: gates.map { $0 + first * width }, rectifies: 0,
          continues: start.isOutput ? 1 : 0),
        output + first * width)
    }
  }

  /// target ← target + rowsᵀ · errors; as many flops.
  ///
  /// - Parameters:
  ///   - errors: row-major, shape `[count, width]`.
  ///   - target: shape `[depth, width]`.
  func addGradient(
    _ rows: Rows, count: Int, errors: UnsafePointer<Double>, width: Int,
    to target: UnsafeMutablePointer<Double>
  ) {
    guard width % Self.laneCount == 0 else {
      multiplyAccumulate(
        rows.depth, width, count, rows.values, leadingDimension: rows.depth, .transposed,
        errors, leadingDimension: width, .asStored, beta: 1, into: target, leadingDimension: width)
      return
    }
    forEachStep(rows, count: count) { first, some, depth in
      layer_double_gradient(
        arithmetic, matrixInC(rows, from: first, depth: depth), Int64(some), errors + first * width,
        Int64(width), target)
    }
  }

  /// All rows at once; of a triangle some at a time, with what is not zero in them.
  private func forEachStep(
    _ rows: Rows, count: Int, _ body: (_ first: Int, _ some: Int, _ depth: Int) -> Void
  ) {
    let step = rows.isLowerTriangle ? Self.step : max(count, 1)
    for first in stride(from: 0, to: count, by: step) {
      let end = min(first + step, count)
      body(first, end - first, rows.isLowerTriangle ? min(end, rows.depth) : rows.depth)
    }
  }

  private func matrixInC(_ rows: Rows, from first: Int, depth: Int) -> DoubleMatrix {
    DoubleMatrix(values: rows.values + first * rows.depth, stride: Int64(rows.depth), depth: Int64(depth))
  }
}
