import COpenBLAS

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// L⁻¹ or B⁻¹ of a large positive-definite matrix B = L Lᵀ in place, on all cores, with the same bits on any
/// number of them.
///
/// BLAS's own threads are not used, because their number is a setting of the whole process, and it changes
/// the order of sums in everything else that runs. Here every call of BLAS has one thread, and threads share
/// blocks whose bounds depend on the size alone. Factorisation and inverse advance together (the sweep
/// operator by blocks, Goodnight 1979): step k turns B's block column k into L's, and uses it to update, in
/// every row below, both the rest of B on its right and L⁻¹ so far on its left. So every step has as much to
/// share as the one before. B⁻¹ = L⁻ᵀ L⁻¹ is accumulated, if wanted, in the rows of L⁻¹ that are complete.
///
/// Row-major; BLAS should have one thread (``BLASRuntime/threadCount``).
package final class BlockedInverse {
  /// What is left in the lower triangle.
  package enum Kept: Sendable {
    /// L⁻¹; 2n³/3 flops.
    case factor
    /// B⁻¹; n³ flops.
    case inverse
  }

  /// The size n of the matrices.
  package let size: Int
  private let block: Int
  /// Block column k of L below the diagonal block, `[size, block]`; then, for B⁻¹, block row k of L⁻¹,
  /// `[block, size]`.
  private let panel: UnsafeMutableBufferPointer<Double>
  /// The inverse of L's diagonal block k, `[block, block]`.
  private let corner: UnsafeMutableBufferPointer<Double>

  /// The columns of a piece of work: long rows are what `dgemm` is quick on.
  private var pieceColumns: Int { 4 * block }

  /// Room for matrices of `size` × `size`: `size · block` numbers beside the matrix. The result depends on
  /// `block` in its rounding.
  package init(size: Int, block: Int = 256) {
    precondition(size >= 0 && block > 0, "expected a size and a block size, got \(size) and \(block)")
    self.size = size
    self.block = block
    panel = .allocate(capacity: max(1, size * min(block, max(size, 1))))
    panel.initialize(repeating: 0)
    corner = .allocate(capacity: block * block)
    corner.initialize(repeating: 0)
  }

  deinit {
    panel.deallocate()
    corner.deallocate()
  }

  /// Overwrites the lower triangle of `matrix`, `[count, count]` row-major with count ≤ size, by that of L⁻¹
  /// or B⁻¹. The strict upper triangle is used as scratch.
  ///
  /// - Returns: ½ log det B = Σ log Lᵢᵢ, or nil where B is not positive definite in floating point.
  package func invert(_ matrix: UnsafeMutableBufferPointer<Double>, count n: Int, keeping kept: Kept)
    -> Double?
  {
    precondition(n <= size, "expected at most \(size) rows, got \(n)")
    precondition(matrix.count >= n * n, "expected \(n * n) elements, got \(matrix.count)")
    guard let a = matrix.baseAddress, let panel = panel.baseAddress, let corner = corner.baseAddress else {
      return 0
    }
    let shared = Shared(matrix: a, panel: panel, corner: corner, size: n)
    var halfLogDeterminant = 0.0
    for start in stride(from: 0, to: n, by: block) {
      let end = min(start + block, n)
      guard let logs = shared.takeCorner(start..<end) else { return nil }
      halfLogDeterminant += logs
      let below = chunks(end..<n, by: block)
      Self.perform(below) { shared.takeColumn(start..<end, rows: $0) }
      let left = chunks(0..<start, by: pieceColumns)
      // The longest rows first, so that no thread is left alone with one at the end.
      let pieces = below.reversed().flatMap { rows in
        (chunks(end..<rows.upperBound, by: pieceColumns) + left).map { (rows: rows, columns: $0) }
      }
      Self.perform(pieces) { shared.update($0.rows, $0.columns, by: start..<end) }
      Self.perform(left) { shared.finish(start..<end, columns: $0) }
      shared.putCorner(start..<end)
      if kept == .inverse {
        let columns = chunks(0..<end, by: pieceColumns)
        Self.perform(columns) { shared.takeRow(start..<end, columns: $0) }
        let pieces = chunks(0..<end, by: block).reversed().flatMap { rows in
          chunks(0..<rows.upperBound, by: pieceColumns).map { (rows: rows, columns: $0) }
        }
        Self.perform(pieces) { shared.accumulate($0.rows, $0.columns, from: start..<end) }
      }
    }
    return halfLogDeterminant
  }

  private func chunks(_ range: Range<Int>, by length: Int) -> [Range<Int>] {
    stride(from: range.lowerBound, to: range.upperBound, by: length).map {
      $0..<min($0 + length, range.upperBound)
    }
  }

  private static func perform<Piece: Sendable>(_ pieces: [Piece], _ work: @Sendable (Piece) -> Void) {
    ProcessorMeter.concurrently(pieces.count) { work(pieces[$0]) }
  }

  /// What the threads of one inversion work on. Pieces of one kind write to blocks that do not overlap, and
  /// read none that another of them writes.
  private struct Shared: @unchecked Sendable {
    let matrix: UnsafeMutablePointer<Double>
    let panel: UnsafeMutablePointer<Double>
    let corner: UnsafeMutablePointer<Double>
    let size: Int

    private func element(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Double> {
      matrix + row * size + column
    }

    /// L's diagonal block in place and its inverse in `corner`; Σ log Lᵢᵢ, or nil where a pivot is not
    /// positive.
    func takeCorner(_ k: Range<Int>) -> Double? {
      var (order, leading, info) = (Int32(k.count), Int32(size), Int32(0))
      // LAPACK's upper triangle, column-major, is the lower one here.
      dpotrf_("U", &order, element(k.lowerBound, k.lowerBound), &leading, &info)
      guard info == 0 else { return nil }
      var logs = 0.0
      for i in 0..<k.count {
        let row = element(k.lowerBound + i, k.lowerBound)
        (corner + i * k.count).update(from: row, count: i + 1)
        logs += log(row[i])
      }
      leading = order
      dtrtri_("U", "N", &order, corner, &leading, &info)
      precondition(info == 0, "dtrtri: the factor has a zero on its diagonal at \(info)")
      return logs
    }

    /// Lᵢₖ = Bᵢₖ Lₖₖ⁻ᵀ into `panel`, and −Lᵢₖ Lₖₖ⁻¹ in its place.
    func takeColumn(_ k: Range<Int>, rows: Range<Int>) {
      let width = Int32(k.count)
      let (stored, kept) = (element(rows.lowerBound, k.lowerBound), panel + rows.lowerBound * k.count)
      let diagonal = element(k.lowerBound, k.lowerBound)
      for i in 0..<rows.count { (kept + i * k.count).update(from: stored + i * size, count: k.count) }
      cblas_dtrsm(
        CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, Int32(rows.count), width, 1,
        diagonal, Int32(size), kept, width)
      for i in 0..<rows.count { (stored + i * size).update(from: kept + i * k.count, count: k.count) }
      cblas_dtrsm(
        CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, Int32(rows.count), width, -1,
        diagonal, Int32(size), stored, Int32(size))
    }

    /// One piece of the rows below: on the right of column k, B − Lᵢₖ Lⱼₖᵀ; on its left, what L⁻¹ has so far.
    func update(_ rows: Range<Int>, _ columns: Range<Int>, by k: Range<Int>) {
      let target = element(rows.lowerBound, columns.lowerBound)
      if columns.lowerBound >= k.upperBound {
        multiplyAccumulate(
          rows.count, columns.count, k.count, alpha: -1,
          panel + rows.lowerBound * k.count, leadingDimension: k.count, .asStored,
          panel + columns.lowerBound * k.count, leadingDimension: k.count, .transposed,
          beta: 1, into: target, leadingDimension: size)
      } else {
        multiplyAccumulate(
          rows.count, columns.count, k.count,
          element(rows.lowerBound, k.lowerBound), leadingDimension: size, .asStored,
          element(k.lowerBound, columns.lowerBound), leadingDimension: size, .asStored,
          beta: 1, into: target, leadingDimension: size)
      }
    }

    /// Row block k of L⁻¹ on the left of its diagonal block.
    func finish(_ k: Range<Int>, columns: Range<Int>) {
      cblas_dtrmm(
        CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(k.count),
        Int32(columns.count), 1, corner, Int32(k.count), element(k.lowerBound, columns.lowerBound),
        Int32(size))
    }

    /// Row block k of L⁻¹: its diagonal block.
    func putCorner(_ k: Range<Int>) {
      for i in 0..<k.count {
        element(k.lowerBound + i, k.lowerBound).update(from: corner + i * k.count, count: i + 1)
      }
    }

    /// Copies columns of block row k of L⁻¹ to `panel` and zeroes them, as B⁻¹ is accumulated in their place.
    func takeRow(_ k: Range<Int>, columns: Range<Int>) {
      for i in 0..<k.count {
        // L⁻¹ is zero right of the diagonal; the numbers stored there are scratch.
        let held = min(columns.count, k.lowerBound + i + 1 - columns.lowerBound)
        let (stored, copy) = (
          element(k.lowerBound + i, columns.lowerBound), panel + i * size + columns.lowerBound
        )
        copy.update(repeating: 0, count: columns.count)
        if held > 0 { copy.update(from: stored, count: held) }
        stored.update(repeating: 0, count: columns.count)
      }
    }

    /// Block row k's share of one piece of B⁻¹ = Σₖ (L⁻¹)ₖᵀ (L⁻¹)ₖ.
    func accumulate(_ rows: Range<Int>, _ columns: Range<Int>, from k: Range<Int>) {
      multiplyAccumulate(
        rows.count, columns.count, k.count,
        panel + rows.lowerBound, leadingDimension: size, .transposed,
        panel + columns.lowerBound, leadingDimension: size, .asStored,
        beta: 1, into: element(rows.lowerBound, columns.lowerBound), leadingDimension: size)
    }
  }
}
