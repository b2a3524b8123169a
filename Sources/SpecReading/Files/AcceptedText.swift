package import Specifications
import Yams

/// What was accepted of a figure, as the text that ``AcceptedReader`` reads.
package enum AcceptedText {
  /// The text of a file. Names and texts are quoted, so that nothing in them is taken for YAML.
  ///
  /// - Throws: ``SpecError`` where a text, such as the reason, cannot be read back.
  package static func text(_ figure: AcceptedFigure, file: String) throws(SpecError) -> String {
    let root = mapping([
      ("figure", quoted(figure.figure)), ("accepted", Node(figure.entries.map(node), .implicit, .block)),
    ])
    let head = """
      # Differences of this figure that were accepted on purpose, each entry from one report (old) to another
      # (new). plateau accept writes this file and plateau diff reads it: what both reports have just as
      # an entry names it does not make them differ.

      """
    let body: String
    do {
      body = try Yams.serialize(node: root, width: -1, allowUnicode: true, sortKeys: false)
    } catch {
      throw .syntax("\(error)", at: SpecLocation(file: file, line: 1, column: 1))
    }
    let text = head + body
    _ = try AcceptedReader.figure(text: text, file: file)
    return text
  }

  private static func node(_ entry: AcceptedEntry) -> Node {
    var parts: [(String, Node)] = [
      ("reason", quoted(entry.reason)), ("who", quoted(entry.who)), ("date", quoted(entry.date)),
      ("profile", quoted(entry.profile)), ("old", report(entry.old)), ("new", report(entry.new)),
    ]
    for kind in AcceptedEntry.Kind.allCases {
      guard let changes = entry.texts[kind], !changes.isEmpty else { continue }
      parts.append((kind.rawValue, section(changes, quoted)))
    }
    if !entry.statistics.isEmpty { parts.append(("statistics", section(entry.statistics, statistic))) }
    return mapping(parts)
  }

  private static func report(_ report: AcceptedEntry.Report) -> Node {
    mapping([("version", quoted(report.version)), ("digest", quoted(report.digest))], style: .flow)
  }

  private static func section<Value>(
    _ changes: [AcceptedChange<Value>], _ node: (Value) -> Node
  ) -> Node {
    Node.mapping(
      Node.Mapping(
        changes.map { change in
          let parts = [
            change.old.map { ("old", node($0)) }, change.new.map { ("new", node($0)) },
            change.tolerance.map { ("tolerance", plain("\($0)")) },
            change.columns.map { ("columns", numbers($0)) },
          ]
          return (quoted(change.name), mapping(parts.compactMap(\.self)))
        }, .implicit, .block))
  }

  private static func numbers(_ columns: [String: Double]) -> Node {
    let pairs = columns.sorted { $0.key < $1.key }.map { (quoted($0.key), plain("\($0.value)")) }
    return Node.mapping(Node.Mapping(pairs, .implicit, .flow))
  }

  private static func statistic(_ side: StatisticValue) -> Node {
    let numbers = [
      ("value", side.value), ("lower", side.lower), ("upper", side.upper), ("pValue", side.pValue),
    ]
    return mapping(
      numbers.compactMap { name, number in number.map { (name, plain("\($0)")) } } + [
        ("n", plain("\(side.n)"))
      ]
        + (side.unmeasured.map { [("unmeasured", quoted($0))] } ?? []), style: .flow)
  }

  private static func mapping(_ parts: [(String, Node)], style: Node.Mapping.Style = .block) -> Node {
    Node.mapping(Node.Mapping(parts.map { (plain($0.0), $0.1) }, .implicit, style))
  }

  private static func plain(_ text: String) -> Node { Node.scalar(Node.Scalar(text, .implicit, .plain)) }

  private static func quoted(_ text: String) -> Node {
    Node.scalar(Node.Scalar(text, .implicit, .doubleQuoted))
  }
}
