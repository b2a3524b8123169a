import Encodings

/// A work as a citation names it: as text, as a BibTeX entry, and as a block of a `CITATION.cff`.
struct CitedWork: Sendable {
  /// The type of a work by the Citation File Format 1.2.0.
  enum Kind: String {
    case article, dataset, software
  }
  /// A person, or a body that has one name alone.
  enum Author: Sendable {
    case person(given: String, family: String)
    case body(String)
  }
  /// What its readers know it by, such as "the paper".
  let label: String
  let kind: Kind
  /// The key of its BibTeX entry.
  let key: String
  let title: String
  let authors: [Author]
  var year: Int?
  /// Its number at arXiv, such as `2103.06219`.
  var arXiv: String?
  /// A sentence on what tells it from works of the same title.
  var details: String?
  var version: String?
  /// The SPDX name of its licence.
  var licence: String?

  /// Its address, if it has one.
  var address: String? { arXiv.map { "https://arxiv.org/abs/\($0)" } }

  /// Authors, title, details and year in one line.
  var text: String {
    let names = authors.map(\.short)
    let joined =
      names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    return [joined, title, details, year.map(String.init)].compactMap { $0.map { $0 + "." } }
      .joined(separator: " ")
  }

  /// Its entry for BibTeX, in UTF-8.
  var bibTeX: String {
    let fields: [(String, String?)] = [
      ("title", "{\(Self.escaped(title))}"),
      ("author", authors.map(\.bibTeX).joined(separator: " and ")),
      ("year", year.map(String.init)), ("eprint", arXiv), ("archiveprefix", arXiv.map { _ in "arXiv" }),
      ("url", address), ("note", details.map(Self.escaped)),
    ]
    let lines = fields.compactMap { name, value in value.map { "  \(name) = {\($0)}" } }
    return "@misc{\(key),\n\(lines.joined(separator: ",\n"))\n}"
  }

  /// Its lines in a `CITATION.cff`: at the top of the file that is about it, and as an entry of `references` of
  /// another.
  func citationFileLines() throws(CanonicalJSONError) -> [String] {
    var lines = ["type: \(kind.rawValue)", "title: \(try CanonicalJSON.text(of: title))", "authors:"]
    for author in authors {
      switch author {
      case .person(let given, let family):
        lines.append("  - given-names: \(try CanonicalJSON.text(of: given))")
        lines.append("    family-names: \(try CanonicalJSON.text(of: family))")
      case .body(let name): lines.append("  - name: \(try CanonicalJSON.text(of: name))")
      }
    }
    if let year { lines.append("year: \(year)") }
    if let arXiv { lines += ["identifiers:", "  - type: other", "    value: \"arXiv:\(arXiv)\""] }
    if let address { lines.append("url: \(address)") }
    if let version { lines.append("version: \(try CanonicalJSON.text(of: version))") }
    if let licence { lines.append("license: \(licence)") }
    return lines
  }

  /// Text in a field of BibTeX, where some characters are TeX's own.
  fileprivate static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": escaped += "\\\(character)"
      case "\\": escaped += "\\textbackslash{}"
      case "~": escaped += "\\textasciitilde{}"
      case "^": escaped += "\\textasciicircum{}"
      default: escaped.append(character)
      }
    }
  }
}

extension CitedWork.Author {
  /// As a list of references prints it: "G. Valle Pérez".
  var short: String {
    switch self {
    case .person(let given, let family): "\(given.prefix(1)). \(family)"
    case .body(let name): name
    }
  }

  /// As BibTeX reads it; a body's name in braces, so that it is not taken apart.
  fileprivate var bibTeX: String {
    switch self {
    case .person(let given, let family): "\(CitedWork.escaped(family)), \(CitedWork.escaped(given))"
    case .body(let name): "{\(CitedWork.escaped(name))}"
    }
  }
}
