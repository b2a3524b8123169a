package import Specifications

/// Reads `tolerances.yml`, and a file of one's own that changes parts of it.
package enum TolerancesReader {
  /// The name of the file of defaults among the specs.
  package static let fileName = "tolerances.yml"

  /// The tolerances of the file at `defaults`, changed by the file at `own`: a rule of the latter replaces
  /// that of the same replay class, and its exceptions are tried before the others.
  ///
  /// - Throws: ``SpecError`` with file, line and column of the first mistake.
  package static func tolerances(defaults: String, own: String? = nil) throws(SpecError) -> Tolerances {
    let base = try root(defaults)
    for key in ["statistics", "points", "pictures"] {
      let section = try base.mapping(key)
      for name in ReplayClass.allCases.map(\.rawValue) { _ = try section.required(name) }
    }
    var tolerances = Tolerances(
      statistics: try rules(base, "statistics"), points: try rules(base, "points"),
      pictures: try pictureRules(base), exceptions: try exceptions(base))
    guard let own else { return tolerances }
    let changes = try root(own)
    tolerances.statistics.merge(try rules(changes, "statistics")) { $1 }
    tolerances.points.merge(try rules(changes, "points")) { $1 }
    tolerances.pictures.merge(try pictureRules(changes)) { $1 }
    tolerances.exceptions = try exceptions(changes) + tolerances.exceptions
    return tolerances
  }

  private static let classes = ReplayClass.allCases.map(\.rawValue)

  private static func root(_ path: String) throws(SpecError) -> SpecMapping {
    return try SpecMapping(
      SpecDocument.root(text: SpecText.read(path), file: path), name: "",
      known: ["statistics", "points", "pictures", "exceptions"])
  }

  private static func rules(
    _ file: SpecMapping, _ key: String
  ) throws(SpecError) -> [ReplayClass: ToleranceRule] {
    guard file.optional(key) != nil else { return [:] }
    return try rules(try file.mapping(key, known: classes), allowsInterval: key == "statistics")
  }

  /// The rules under the names of replay classes in `section`.
  private static func rules(
    _ section: SpecMapping, allowsInterval: Bool
  ) throws(SpecError) -> [ReplayClass: ToleranceRule] {
    var rules: [ReplayClass: ToleranceRule] = [:]
    for replay in ReplayClass.allCases {
      guard let node = section.optional(replay.rawValue) else { continue }
      if case .mapping = node.content {
        let bound = try SpecMapping(
          node, name: "\(section.name).\(replay.rawValue)", known: ["absolute", "relative"])
        rules[replay] = .bound(
          absolute: bound.optional("absolute") == nil ? 0 : try bound.number("absolute", .notNegative),
          relative: bound.optional("relative") == nil ? 0 : try bound.number("relative", .notNegative))
      } else {
        let words: [(name: String, value: ToleranceRule)] =
          (allowsInterval ? [("within-interval", .withinInterval)] : []) + [("not-counted", .notCounted)]
        rules[replay] = try node.readName(for: replay.rawValue, what: "rule", among: words)
      }
    }
    return rules
  }

  private static func pictureRules(_ file: SpecMapping) throws(SpecError) -> [ReplayClass: PictureRule] {
    guard file.optional("pictures") != nil else { return [:] }
    let section = try file.mapping("pictures", known: classes)
    var rules: [ReplayClass: PictureRule] = [:]
    for replay in ReplayClass.allCases {
      guard let node = section.optional(replay.rawValue) else { continue }
      if case .mapping = node.content {
        let bound = try SpecMapping(node, name: "pictures.\(replay.rawValue)", known: ["changedShare"])
        rules[replay] = .changedShare(try bound.number("changedShare", .notNegative))
      } else {
        rules[replay] = try node.readName(
          for: replay.rawValue, what: "rule", among: [("not-counted", PictureRule.notCounted)])
      }
    }
    return rules
  }

  private static func exceptions(_ file: SpecMapping) throws(SpecError) -> [Tolerances.Exception] {
    guard file.optional("exceptions") != nil else { return [] }
    var exceptions: [Tolerances.Exception] = []
    for item in try file.list("exceptions") {
      let entry = try SpecMapping(item, name: "exceptions", known: ["statistic", "column"] + classes)
      let statistic = try entry.optionalText("statistic")
      let column = try entry.optionalText("column")
      if statistic != nil, column != nil {
        throw .conflict("statistic", "column", in: "exceptions", at: entry.location)
      }
      guard
        let subject = statistic.map(Tolerances.Exception.Subject.statistic)
          ?? column.map(Tolerances.Exception.Subject.column)
      else { throw .missingKey("statistic", in: "exceptions", at: entry.location) }
      exceptions.append(
        Tolerances.Exception(subject: subject, rules: try rules(entry, allowsInterval: statistic != nil)))
    }
    return exceptions
  }
}
