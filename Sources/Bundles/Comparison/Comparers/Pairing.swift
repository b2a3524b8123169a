/// Matches the elements of two lists.
///
/// Keys are tried in order; each key is applied to the elements that earlier keys left unmatched. Elements
/// with equal keys are paired in their order.
struct Pairing {
  /// A key: the identity of each element of both lists, by its index.
  typealias Key = (before: (Int) -> String, after: (Int) -> String)

  /// For an index of the first list its partner in the second, and which of the keys found it.
  private(set) var partners: [Int: (index: Int, key: Int)] = [:]
  /// The indices of the second list without a partner, in order.
  let added: [Int]

  /// Pairs two lists of these lengths. Cost: linear in both for each key.
  init(before: Int, after: Int, by keys: [Key]) {
    var free = Set(0..<after)
    for (number, key) in keys.enumerated() {
      var waiting: [String: [Int]] = [:]
      for index in (0..<after).reversed() where free.contains(index) {
        waiting[key.after(index), default: []].append(index)
      }
      for index in 0..<before where partners[index] == nil {
        guard let partner = waiting[key.before(index)]?.popLast() else { continue }
        partners[index] = (partner, number)
        free.remove(partner)
      }
    }
    added = free.sorted()
  }
}
