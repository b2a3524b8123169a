import COpenBLAS

/// Orthonormal vectors of `size` numbers, one a row, and room to grow.
final class OrthonormalVectors {
  /// The vectors that are worked on at a time: those of 22 000 numbers, as a network of MNIST has them, take
  /// 0.7 MB.
  private static let group = 4
  /// The length of each vector.
  let size: Int
  /// How many there are.
  private(set) var count = 0
  /// How many random vectors were drawn: each has its number.
  private var drawn = 0
  private var capacity: Int
  private var rows: UnsafeMutablePointer<Double>

  init(size: Int, capacity: Int) {
    self.size = size
    self.capacity = max(capacity, 1)
    rows = .allocate(capacity: size * self.capacity)
  }

  deinit { rows.deallocate() }

  /// Vector number `index`; it moves when a vector is added.
  subscript(index: Int) -> UnsafePointer<Double> { UnsafePointer(rows + index * size) }

  /// Forgets all vectors but the first `count`.
  func keep(first count: Int) { self.count = count }

  /// `vector` ← its part across all vectors here; its norm, which is 0 where nothing but rounding is left of
  /// a vector of norm `scale`.
  ///
  /// Gram–Schmidt, classical within a few vectors and modified from these to the next, again where much was
  /// taken away ("twice is enough"); 4 · size · count flops each time. Memory sets the pace: the few are read
  /// once, and the second time come from a cache.
  func orthogonalise(_ vector: UnsafeMutablePointer<Double>, scale: Double) -> Double {
    var norm = cblas_dnrm2(Int32(size), vector, 1)
    var overlaps = [Double](repeating: 0, count: Self.group)
    for _ in 0..<3 {
      guard norm > Double(count + 1) * 0x1p-52 * scale else { return 0 }
      guard count > 0 else { return norm }
      let before = norm
      for first in stride(from: 0, to: count, by: Self.group) {
        let (some, length) = (Int32(min(Self.group, count - first)), Int32(size))
        let part = rows + first * size
        cblas_dgemv(
          CblasRowMajor, CblasNoTrans, some, length, 1, part, length, vector, 1, 0, &overlaps, 1)
        cblas_dgemv(
          CblasRowMajor, CblasTrans, some, length, -1, part, length, overlaps, 1, 1, vector, 1)
      }
      norm = cblas_dnrm2(Int32(size), vector, 1)
      if norm > 0.7 * before { return norm }
    }
    return 0
  }

  /// Adds `vector` / `norm`, which must be orthogonal to the others.
  func append(_ vector: UnsafePointer<Double>, norm: Double) {
    if count == capacity { grow() }
    let row = rows + count * size
    for i in 0..<size { row[i] = vector[i] / norm }
    count += 1
  }

  /// Adds a vector without structure that is orthogonal to the others; false where they span all.
  ///
  /// Numbers in [−½, ½) from a fixed mixing of their indices (the finaliser of SplitMix64; Steele, Lea & Flood
  /// 2014): the same in every run.
  func appendRandom() -> Bool {
    guard count < size else { return false }
    let start = drawn * size
    drawn += 1
    var vector = (0..<size).map { index in
      var bits = UInt64(start + index + 1) &* 0x9E37_79B9_7F4A_7C15
      bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
      bits ^= bits >> 31
      return Double(bits >> 11) * 0x1p-53 - 0.5
    }
    let norm = orthogonalise(&vector, scale: 1)
    guard norm > 0 else { return false }
    append(vector, norm: norm)
    return true
  }

  /// The vectors from `first` on ← `coefficients` · those vectors: as many as `coefficients` has rows, each of
  /// which holds a number for every vector from `first` on. 2 · size · rows · columns flops.
  func combine(from first: Int, _ coefficients: [Double], rows kept: Int) {
    let columns = count - first
    precondition(coefficients.count == kept * columns && kept <= columns)
    // A strip of all vectors at a time, so that it can go back to where it came from.
    let strip = min(size, 512)
    var product = [Double](repeating: 0, count: kept * strip)
    for start in stride(from: 0, to: size, by: strip) {
      let width = min(strip, size - start)
      let source = rows + first * size + start
      multiplyAccumulate(
        kept, width, columns, coefficients, leadingDimension: columns, .asStored, source,
        leadingDimension: size, .asStored, into: &product, leadingDimension: strip)
      for row in 0..<kept {
        for i in 0..<width { source[row * size + i] = product[row * strip + i] }
      }
    }
    count = first + kept
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Double>.allocate(capacity: size * (capacity + capacity / 2 + 8))
    larger.update(from: rows, count: size * count)
    rows.deallocate()
    rows = larger
    capacity += capacity / 2 + 8
  }
}
