import CNetworkProducts

/// The rows that a layer takes, in memory, and the products of a layer with them.
///
/// Each number of a product is one sum in ascending order, with one fused multiply-add a term, whatever the
/// width of the processor's vectors: the products are the same bits on every processor.
struct LayerProducts {
  /// The path that computes a product; all give the same bits, and the tests compare them.
  enum Arithmetic: CaseIterable {
    case portable, avx2, fastest

    /// Whether this processor has it.
    var isAvailable: Bool {
      self != .avx2 || layer_fastest_arithmetic().rawValue >= LayerArithmeticAVX2.rawValue
    }

    var inC: LayerArithmetic {
      switch self {
      case .portable: LayerArithmeticPortable
      case .avx2: LayerArithmeticAVX2
      case .fastest: layer_fastest_arithmetic()
      }
    }
  }

  /// What becomes of a product's sums.
  struct Ends {
    /// What each row's sums start from, as many numbers as a row of the output; nil for 0.
    var biases: UnsafePointer<Float>?
    /// Outputs become 0 where this matrix, of the output's shape, is 0; nil for none.
    var gates: UnsafePointer<Float>?
    /// Whether negative outputs become 0; a NaN stays.
    var rectifies = false

    fileprivate var inC: LayerEnds {
      LayerEnds(biases: biases, gates: gates, rectifies: rectifies ? 1 : 0, continues: 0)
    }
  }

  /// Rows of `depth` numbers, each `stride` after the one before.
  struct DenseRows {
    let values: UnsafePointer<Float>
    let stride: Int
    let depth: Int

    fileprivate var inC: DenseMatrix {
      DenseMatrix(values: values, stride: Int64(stride), depth: Int64(depth))
    }
  }

  /// Whether this processor's vectors have the 64 bytes of a line of memory.
  static var hasVectorsOfWholeLines: Bool {
    layer_fastest_arithmetic().rawValue >= LayerArithmeticAVX512.rawValue
  }

  private let arithmetic: LayerArithmetic

  /// Products by one path.
  init(_ arithmetic: Arithmetic = .fastest) {
    precondition(arithmetic.isAvailable, "expected a processor with AVX2")
    self.arithmetic = arithmetic.inC
  }

  /// output ← biases + rows · weights, and then as `ends` says; 2 · count · depth · width flops.
  ///
  /// - Parameters:
  ///   - selection: which rows, in which order; nil for the first `count`.
  ///   - weights: row-major, shape `[depth, width]`.
  ///   - width: a multiple of ``TransposedLayout/laneCount``.
  ///   - output: shape `[count, width]`.
  func multiply(
    _ rows: DenseRows, _ selection: UnsafePointer<Int>?, count: Int, by weights: UnsafePointer<Float>,
    width: Int, _ ends: Ends, into output: UnsafeMutablePointer<Float>
  ) {
    Self.withNumbers(selection, count: count) {
      layer_dense_product(
        arithmetic, rows.inC, $0, Int64(count), weights, Int64(width), ends.inC, output)
    }
  }

  /// The same with the non-zeros of sparse rows alone; 2 · non-zeros · width flops.
  func multiply(
    _ rows: SparseRows, _ selection: UnsafePointer<Int>, count: Int, by weights: UnsafePointer<Float>,
    width: Int, _ ends: Ends, into output: UnsafeMutablePointer<Float>
  ) {
    rows.withCompressed { matrix in
      Self.withNumbers(selection, count: count) {
        layer_sparse_product(
          arithmetic, matrix, $0, Int64(count), weights, Int64(width), ends.inC, output)
      }
    }
  }

  /// target ← target + (the chosen rows)ᵀ · errors: what a gradient with respect to the weights needs.
  ///
  /// - Parameters:
  ///   - errors: row-major, shape `[count, width]`.
  ///   - target: shape `[depth, width]`.
  func addGradient(
    _ rows: DenseRows, _ selection: UnsafePointer<Int>?, count: Int, errors: UnsafePointer<Float>, width: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    Self.withNumbers(selection, count: count) {
      layer_dense_gradient(arithmetic, rows.inC, $0, Int64(count), errors, Int64(width), target)
    }
  }

  /// The same with the non-zeros of sparse rows alone.
  func addGradient(
    _ rows: SparseRows, _ selection: UnsafePointer<Int>, count: Int, errors: UnsafePointer<Float>, width: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    rows.withCompressed { matrix in
      Self.withNumbers(selection, count: count) {
        layer_sparse_gradient(arithmetic, matrix, $0, Int64(count), errors, Int64(width), target)
      }
    }
  }

  /// target ← target + the sum of each column of `errors`, shape `[count, width]`.
  static func addColumnSums(
    _ errors: UnsafePointer<Float>, count: Int, width: Int, to target: UnsafeMutablePointer<Float>
  ) {
    layer_bias_gradient(errors, Int64(count), Int64(width), target)
  }

  private static func withNumbers(
    _ selection: UnsafePointer<Int>?, count: Int, _ body: (UnsafePointer<Int64>?) -> Void
  ) {
    guard let selection else { return body(nil) }
    selection.withMemoryRebound(to: Int64.self, capacity: count) { body($0) }
  }
}
