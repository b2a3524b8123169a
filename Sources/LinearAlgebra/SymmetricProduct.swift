/// A x for large symmetric matrices stored as lower triangles, on all cores, with the same bits on any number
/// of them: each block of rows has a sum of its own, and the sums are added in order.
///
/// One product at a time: the sums' memory is shared.
package final class SymmetricProduct {
  /// The size n of the matrices.
  package let size: Int
  /// Rows of about as many elements each.
  private let bands: [Range<Int>]
  /// One vector for each band.
  private let sums: UnsafeMutableBufferPointer<Double>

  private static let bandCount = 16

  /// Room for products with matrices of `size` × `size`: 16 `size` numbers.
  package init(size: Int) {
    precondition(size >= 0, "expected a size, got \(size)")
    self.size = size
    let bounds = (0...Self.bandCount).map {
      Int((Double($0) / Double(Self.bandCount)).squareRoot() * Double(size))
    }
    bands = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    sums = .allocate(capacity: max(1, Self.bandCount * size))
    sums.initialize(repeating: 0)
  }

  deinit { sums.deallocate() }

  /// A x, or, if `squared`, (A ∘ A) x, whose matrix has the squares of A's elements; 2n² or 3n² flops, n²/2
  /// numbers read.
  ///
  /// - Parameters:
  ///   - matrix: A, row-major `[size, size]`; only its lower triangle is read.
  ///   - vector: x, length `size`.
  package func callAsFunction(
    _ matrix: UnsafePointer<Double>, _ vector: [Double], squared: Bool = false
  ) -> [Double] {
    precondition(vector.count == size, "expected \(size) numbers, got \(vector.count)")
    guard let base = sums.baseAddress else { return [] }
    vector.withUnsafeBufferPointer { vector in
      guard let x = vector.baseAddress else { return }
      let shared = Shared(matrix: matrix, vector: x, sums: base, size: size)
      let bands = bands
      ProcessorMeter.concurrently(bands.count) { band in
        shared.sum(bands[band], into: band, squared: squared)
      }
    }
    var result = [Double](repeating: 0, count: size)
    for band in bands.indices {
      for i in 0..<bands[band].upperBound { result[i] += base[band * size + i] }
    }
    return result
  }

  /// What the threads of one product share; each writes to the vector of its band.
  private struct Shared: @unchecked Sendable {
    let matrix: UnsafePointer<Double>
    let vector: UnsafePointer<Double>
    let sums: UnsafeMutablePointer<Double>
    let size: Int

    func sum(_ rows: Range<Int>, into band: Int, squared: Bool) {
      let y = sums + band * size
      y.update(repeating: 0, count: rows.upperBound)
      for i in rows {
        let row = matrix + i * size
        let xi = vector[i]
        // Eight sums at once, which the compiler may not make out of one by itself.
        var parts = SIMD8<Double>(repeating: 0)
        var j = 0
        while j + 8 <= i {
          var a = UnsafeRawPointer(row + j).loadUnaligned(as: SIMD8<Double>.self)
          if squared { a *= a }
          let x = UnsafeRawPointer(vector + j).loadUnaligned(as: SIMD8<Double>.self)
          let target = UnsafeMutableRawPointer(y + j)
          parts += a * x
          target.storeBytes(
            of: target.loadUnaligned(as: SIMD8<Double>.self) + a * xi, as: SIMD8<Double>.self)
          j += 8
        }
        var own = parts.sum()
        while j < i {
          let a = squared ? row[j] * row[j] : row[j]
          own += a * vector[j]
          y[j] += a * xi
          j += 1
        }
        y[i] += own + (squared ? row[i] * row[i] : row[i]) * xi
      }
    }
  }
}
