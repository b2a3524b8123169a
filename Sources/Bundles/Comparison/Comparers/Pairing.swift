/// Which things of two lists belong together: by one way to tell them apart after another, each for what the ones before
/// it left over. Things that are alike by a way are paired in their order.
struct Pairing {
  /// A way to tell things apart: the identity of each thing of both lists, by its index.
  typealias Way = (before: (Int) -> String, after: (Int) -> String)

  /// For an index of the first list its partner in the second, and which of the ways found it.
  private(set) var partners: [Int: (index: Int, way: Int)] = [:]
  /// The indices of the second list that have no partner, in order.
  let added: [Int]

  /// Pairs two lists of these lengths. Linear in both for each way.
  init(before: Int, after: Int, by ways: [Way]) {
    var free = Set(0..<after)
    for (number, way) in ways.enumerated() {
      var waiting: [String: [Int]] = [:]
      for index in (0..<after).reversed() where free.contains(index) {
        waiting[way.after(index), default: []].append(index)
      }
      for index in 0..<before where partners[index] == nil {
        guard let partner = waiting[way.before(index)]?.popLast() else { continue }
        partners[index] = (partner, number)
        free.remove(partner)
      }
    }
    added = free.sorted()
  }
}
