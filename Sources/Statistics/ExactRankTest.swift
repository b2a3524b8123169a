#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exact p-values of the rank correlations of few points.
///
/// Without association, every pairing of the x with the y is as likely as the one at hand (Kendall 1970,
/// ch. 4 and 5). p is the share of the n! pairings whose score is at least as far from 0, ties as they are.
/// The scores are whole numbers, so that none is compared with a rounding.
enum ExactRankTest {
  /// The most points whose pairings are counted, as in R's `cor.test`: 9! = 362 880, some milliseconds.
  static let largestCount = 9

  /// The two-sided p-value of Spearman's ρ.
  static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    Samples.centredRanks(of: x).withUnsafeBufferPointer { a in
      Samples.centredRanks(of: y).withUnsafeBufferPointer { b in
        shareAsFar(count: x.count) { position, partner, _ in a[position] * b[partner] }
      }
    }
  }

  /// The two-sided p-value of Spearman's ρ where x and y are in the same or in opposite order, their ties
  /// included, for any number of points; nil where they are not.
  ///
  /// Only the pairings that exchange tied points are in that order too, ∏ t! of the n!, and as many in the opposite
  /// one if its ties are the same.
  static func spearmanInOrder(_ x: [Double], _ y: [Double]) -> Double? {
    let (a, b) = (Samples.centredRanks(of: x), Samples.centredRanks(of: y))
    let (same, opposite) = (a == b, a == b.map(-))
    guard same || opposite else { return nil }
    let sorted = a.sorted()
    let ties = Dictionary(grouping: a, by: \.self).values.reduce(0) { $0 + lgamma(Double($1.count + 1)) }
    let isSymmetric = sorted == sorted.reversed().map(-)
    return (isSymmetric ? 2 : 1) * exp(ties - lgamma(Double(a.count + 1)))
  }

  /// The two-sided p-value of Kendall's τ-b.
  static func kendall(_ x: [Double], _ y: [Double]) -> Double {
    Samples.centredRanks(of: x).withUnsafeBufferPointer { a in
      Samples.centredRanks(of: y).withUnsafeBufferPointer { b in
        shareAsFar(count: x.count) { position, partner, partners in
          var score = 0
          for earlier in 0..<position {
            score += (a[position] - a[earlier]).signum() * (b[partner] - b[partners[earlier]]).signum()
          }
          return score
        }
      }
    }
  }

  /// The share of the pairings with |score| ≥ |score of the pairing as given|.
  ///
  /// A report asks for it hundreds of times, so the walk over all pairings counts no references.
  ///
  /// - Parameter term: what x at `position`, paired with y at `partner`, adds to the score, given the
  ///   `partners` of the positions before.
  @inline(__always)
  private static func shareAsFar(
    count: Int, term: (_ position: Int, _ partner: Int, _ partners: UnsafeMutableBufferPointer<Int>) -> Int
  ) -> Double {
    precondition(count <= largestCount, "expected at most \(largestCount) points, got \(count)")
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * count + 1) { memory in
      // `choices[p]` is the position whose partner p has taken, `scores[p]` what the positions before p add up to.
      let partners = UnsafeMutableBufferPointer(rebasing: memory[..<count])
      let choices = UnsafeMutableBufferPointer(rebasing: memory[count..<2 * count])
      let scores = UnsafeMutableBufferPointer(rebasing: memory[(2 * count)...])
      for position in 0..<count { partners[position] = position }
      let given = abs((0..<count).reduce(0) { $0 + term($1, $1, partners) })
      var (asFar, all, position) = (0, 0, 0)
      (scores[0], choices[0]) = (0, -1)
      while position >= 0 {
        if position == count {
          all += 1
          asFar += abs(scores[count]) >= given ? 1 : 0
          position -= 1
          continue
        }
        let last = choices[position]
        if last >= 0 { partners.swapAt(position, last) }
        let choice = last < 0 ? position : last + 1
        guard choice < count else {
          position -= 1
          continue
        }
        partners.swapAt(position, choice)
        choices[position] = choice
        scores[position + 1] = scores[position] + term(position, partners[position], partners)
        position += 1
        if position < count { choices[position] = -1 }
      }
      return Double(asFar) / Double(all)
    }
  }
}
