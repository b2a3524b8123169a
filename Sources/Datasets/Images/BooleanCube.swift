package import LinearAlgebra

/// All inputs of n Boolean variables.
package enum BooleanCube {
  /// The inputs as rows of 0 and 1, in the order of a truth table: variable j of row i is bit n − 1 − j of i.
  /// Shape `[2ⁿ, n]`.
  package static func inputs(variables: Int) -> Matrix<Float> {
    precondition((1...20).contains(variables), "expected 1 to 20 variables, got \(variables)")
    let rows = 1 << variables
    return Matrix(
      rows: rows, columns: variables,
      elements: (0..<rows).flatMap { row in
        (0..<variables).map { Float(row >> (variables - 1 - $0) & 1) }
      })
  }
}
