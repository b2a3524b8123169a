/// Reads the sizes of the attack set: a list, or a range such as `{from: 0, through: 500, by: 50}`.
enum AttackSizesReader {
  /// The sizes, ascending and without repeats, none above `pool`.
  static func sizes(_ node: SpecNode, pool: Int) throws(SpecError) -> [Int] {
    if case .mapping = node.content { return try range(node, pool: pool) }
    guard case .sequence(let items) = node.content else {
      throw .wrongType(
        key: "sizes", expected: "a list, or a mapping with from, through and by", found: node.kind,
        at: node.location)
    }
    var sizes: [Int] = []
    for item in items {
      let size = try item.readInteger(for: "sizes", atLeast: 0)
      try check(size, pool: pool, item)
      if let last = sizes.last, size <= last {
        throw .outOfRange(
          key: "sizes", value: "\(size) after \(last)", allowed: "ascending, each size once",
          at: item.location)
      }
      sizes.append(size)
    }
    guard !sizes.isEmpty else {
      throw .wrongType(
        key: "sizes", expected: "a list of at least one size", found: "empty", at: node.location)
    }
    return sizes
  }

  private static func range(_ node: SpecNode, pool: Int) throws(SpecError) -> [Int] {
    let range = try SpecMapping(node, name: "sizes", known: ["from", "through", "by"])
    let first = try range.integer("from", atLeast: 0)
    let last = try range.integer("through", atLeast: first)
    try check(last, pool: pool, try range.required("through"))
    return Array(stride(from: first, through: last, by: try range.integer("by", atLeast: 1)))
  }

  private static func check(_ size: Int, pool: Int, _ node: SpecNode) throws(SpecError) {
    if size > pool {
      throw .outOfRange(
        key: "sizes", value: "\(size)", allowed: "at most the attackPool of \(pool)", at: node.location)
    }
  }
}
