/// Σₘ Gₘ over matrices Hₘ of shape `[N, n]`, with Gₘ = Hₘ Hₘᵀ/n, and Σₘ ‖Gₘ‖² for the spread of the Gₘ.
///
/// Grows by one matrix at a time, in memory of one matrix `[N, N]`; each costs N² n multiply-adds, in Float64. The
/// sum over m runs in order, so a sum that is stored and gone on with has the same bits; and so does one of sums of
/// fixed parts (``add(_:)``), whoever made each.
package struct GramSum: Sendable, Equatable {
  /// N.
  package let count: Int
  /// How many Gₘ were added.
  package private(set) var terms: Int
  /// The lower triangle of the sum, shape `[N, N]`; what is above the diagonal means nothing.
  package private(set) var sum: Matrix<Double>
  /// Σₘ ‖Gₘ‖², in the Frobenius norm.
  package private(set) var sumOfSquaredNorms: Double

  /// The sum of nothing, for `count` rows.
  package init(count: Int) {
    precondition(count > 0, "expected rows, got \(count)")
    self.init(terms: 0, sum: Matrix(rows: count, columns: count), sumOfSquaredNorms: 0)
  }

  /// The sum as it stood after so many terms.
  package init(terms: Int, sum: Matrix<Double>, sumOfSquaredNorms: Double) {
    precondition(sum.columns == sum.rows, "expected a square sum, got \(sum.rows) × \(sum.columns)")
    count = sum.rows
    self.terms = terms
    self.sum = sum
    self.sumOfSquaredNorms = sumOfSquaredNorms
  }

  /// Rows of one product, so that memory stays bounded.
  private static let block = 256

  /// Adds the term of a matrix H.
  package mutating func add(_ matrix: Matrix<Float>) {
    precondition(matrix.rows == count, "expected \(count) rows, got \(matrix.rows)")
    let (n, width) = (count, matrix.columns)
    let h = matrix.inDoublePrecision
    let scale = 1 / Double(width)
    var norm = 0.0
    for first in stride(from: 0, to: n, by: Self.block) {
      // Rows first..<end against columns 0..<end: the triangle, and a little above it.
      let end = min(first + Self.block, n)
      var products = [Double](repeating: 0, count: (end - first) * end)
      h.elements.withUnsafeBufferPointer { h in
        guard let h = h.baseAddress else { return }
        multiplyAccumulate(
          end - first, end, width, h + first * width, leadingDimension: width, .asStored, h,
          leadingDimension: width, .transposed, into: &products, leadingDimension: end)
      }
      for i in first..<end {
        let row = (i - first) * end
        for j in 0...i {
          let value = products[row + j] * scale
          sum.elements[i * n + j] += value
          norm += (i == j ? 1 : 2) * value * value
        }
      }
    }
    terms += 1
    sumOfSquaredNorms += norm
  }

  /// Adds the terms of `other`, which come after these, as one number each.
  package mutating func add(_ other: GramSum) {
    precondition(other.count == count, "expected \(count) rows, got \(other.count)")
    for i in 0..<count {
      for j in 0...i { sum.elements[i * count + j] += other.sum.elements[i * count + j] }
    }
    terms += other.terms
    sumOfSquaredNorms += other.sumOfSquaredNorms
  }

  /// The standard error of the mean over m relative to it, √(Σᵢⱼ Var(Gᵢⱼ)/M) / ‖Ḡ‖ in the Frobenius norm; nil before
  /// the second term.
  package var relativeStandardError: Double? {
    guard terms > 1 else { return nil }
    let m = Double(terms)
    var squaredNormOfSum = 0.0
    for i in 0..<count {
      for j in 0...i {
        let value = sum.elements[i * count + j]
        squaredNormOfSum += (i == j ? 1 : 2) * value * value
      }
    }
    guard squaredNormOfSum > 0 else { return nil }
    let variance = max(0, sumOfSquaredNorms - squaredNormOfSum / m) / (m - 1)
    return (variance / m).squareRoot() / (squaredNormOfSum.squareRoot() / m)
  }
}
