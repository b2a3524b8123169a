import COpenBLAS

/// Lanczos iteration with thick restarts (Wu & Simon 2000) on the complement of locked eigenvectors.
///
/// The active vectors W, shape `[m, size]`, and the vector q across them fulfil H Wᵀ = Wᵀ T + β q eᵀ, e the
/// last unit vector; at a restart W is rotated to Ritz vectors, of which the outermost are kept. Every new
/// vector is made orthogonal to all others, the locked ones included.
struct ThickRestartIteration {
  typealias Product =
    (UnsafePointer<Double>, UnsafeMutablePointer<Double>) throws(EigenvalueError) -> Void

  /// The Ritz values of the active vectors, sorted by rank, and what belongs to them.
  struct RitzPairs {
    let values: [Double]
    /// Row i: Ritz vector i in the basis of the active vectors.
    let vectors: [Double]
    /// ‖H y − θ y‖ of each.
    let residuals: [Double]
  }

  /// Whether a value stands before another one.
  let outranks: (Double, Double) -> Bool
  /// The locked vectors, then the active ones.
  let basis: OrthonormalVectors
  /// How many are locked.
  private(set) var locked = 0
  /// The smallest Ritz value of the first Krylov space; nil before that is whole.
  private(set) var smallest: EigenvalueEstimate.RitzValue?
  /// The largest |θ| seen: the scale of rounding.
  private(set) var scale = 0.0
  /// q, of norm 1; of no use where β is 0.
  private(set) var next: [Double]
  /// β: 0 where the active vectors span a space that H does not lead out of.
  private(set) var coupling = 0.0
  /// T: its diagonal, the numbers beside it, and those that couple the Ritz vectors of a restart to the vector
  /// after them.
  private var diagonal: [Double] = []
  private var beside: [Double] = []
  private var arrow: [Double] = []

  init(size: Int, capacity: Int, outranks: @escaping (Double, Double) -> Bool) {
    self.outranks = outranks
    basis = OrthonormalVectors(size: size, capacity: capacity)
    next = [Double](repeating: 0, count: size)
  }

  /// How many active vectors there are.
  var active: Int { basis.count - locked }

  /// Adds vectors until there are `count` active ones, or as many as there can be.
  mutating func extend(to count: Int, product: Product) throws(EigenvalueError) {
    while active < count {
      if coupling > 0 {
        basis.append(next, norm: 1)
      } else if !basis.appendRandom() {
        return
      }
      try step(product)
    }
  }

  /// The product with the last active vector: the next row of T, β and q.
  private mutating func step(_ product: Product) throws(EigenvalueError) {
    let last = basis.count - 1
    let n = Int32(basis.size)
    try product(basis[last], &next)
    let length = cblas_dnrm2(n, next, 1)
    scale = max(scale, length)
    // What is known of the product is taken away first: then one pass of Gram–Schmidt is enough.
    let alpha = cblas_ddot(n, basis[last], 1, next, 1)
    cblas_daxpy(n, -alpha, basis[last], 1, &next, 1)
    if active > arrow.count + 1 {
      if coupling > 0 { cblas_daxpy(n, -coupling, basis[last - 1], 1, &next, 1) }
      beside.append(coupling)
    }
    diagonal.append(alpha)
    coupling = basis.orthogonalise(&next, scale: scale)
    if coupling > 0 { cblas_dscal(n, 1 / coupling, &next, 1) }
  }

  /// The Ritz pairs of the active vectors.
  mutating func ritzPairs() throws(EigenvalueError) -> RitzPairs {
    let m = active
    guard m > 0 else { return RitzPairs(values: [], vectors: [], residuals: []) }
    var matrix = [Double](repeating: 0, count: m * m)
    for i in 0..<m { matrix[i * m + i] = diagonal[i] }
    for (i, value) in arrow.enumerated() {
      matrix[i * m + arrow.count] = value
      matrix[arrow.count * m + i] = value
    }
    for (index, value) in beside.enumerated() {
      let i = arrow.count + index
      matrix[i * m + i + 1] = value
      matrix[(i + 1) * m + i] = value
    }
    let values = try DenseSpectrum.decompose(&matrix, size: m)
    // They come in ascending order.
    if smallest == nil { smallest = .init(value: values[0], residual: coupling * abs(matrix[m - 1])) }
    let order = values.indices.sorted { outranks(values[$0], values[$1]) }
    return RitzPairs(
      values: order.map { values[$0] },
      vectors: order.flatMap { matrix[$0 * m..<$0 * m + m] },
      residuals: order.map { coupling * abs(matrix[$0 * m + m - 1]) })
  }

  /// Rotates the active vectors to the first `count` Ritz vectors.
  mutating func restart(keeping count: Int, of pairs: RitzPairs) {
    let m = active
    basis.combine(from: locked, Array(pairs.vectors.prefix(count * m)), rows: count)
    diagonal = Array(pairs.values.prefix(count))
    arrow = coupling > 0 ? (0..<count).map { coupling * pairs.vectors[$0 * m + m - 1] } : []
    beside = coupling > 0 ? [] : [Double](repeating: 0, count: max(count - 1, 0))
  }

  /// Locks the first `count` Ritz vectors and forgets the others.
  mutating func lock(first count: Int, of pairs: RitzPairs) {
    let m = active
    basis.combine(from: locked, Array(pairs.vectors.prefix(count * m)), rows: count)
    locked += count
    coupling = 0
    (diagonal, beside, arrow) = ([], [], [])
  }
}
