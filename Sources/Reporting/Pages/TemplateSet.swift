package import Foundation
import Mustache

/// The templates of one kind of page, read from a folder and checked, with the files that the page links to.
///
/// The engine renders an unknown partial as nothing, so the names are checked here, once.
package struct TemplateSet: Sendable {
  /// The files that the page links to, by name.
  package let assets: [String: Data]
  /// Every file that was read, by its name in the folder.
  let sources: [String: Data]
  private let pageName: String
  private let library: MustacheLibrary

  /// The template `page` of `folder` with the partials that it includes, and the files `assets` beside them.
  package init(folder: String, page pageName: String, assets names: [String]) throws(ReportingError) {
    let folderURL = URL(fileURLWithPath: folder, isDirectory: true)
    func read(_ file: String) throws(ReportingError) -> Data {
      do {
        return try Data(contentsOf: folderURL.appendingPathComponent(file))
      } catch {
        throw .templateUnreadable(file: file, folder: folder)
      }
    }
    var assets: [String: Data] = [:]
    for name in names { assets[name] = try read(name) }
    self.assets = assets
    self.pageName = pageName
    var sources = assets
    var library = MustacheLibrary()
    var waiting = [(name: pageName, includer: pageName)]
    var seen: Set<String> = [pageName]
    var included: [String: [Inclusion]] = [:]
    while let (name, includer) = waiting.popLast() {
      let file = name + ".mustache"
      guard
        name == pageName
          || !name.contains("/") && FileManager.default.fileExists(atPath: folderURL.path + "/" + file)
      else {
        throw .partialMissing(name: name, includedIn: includer + ".mustache", folder: folder)
      }
      let bytes = try read(file)
      sources[file] = bytes
      guard let text = String(data: bytes, encoding: .utf8) else {
        throw .templateUnreadable(file: file, folder: folder)
      }
      // A partial inside a line must not break it, and a file ends in a newline.
      let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
      library.register(try Self.template(body, file: file), named: name)
      let inclusions = try Self.inclusions(in: text, file: file)
      included[name] = inclusions
      for partial in inclusions.map(\.name) where seen.insert(partial).inserted {
        waiting.append((partial, name))
      }
    }
    var count = 0
    try Self.checkEnds(included, from: [pageName], &count)
    self.library = library
    self.sources = sources
  }

  /// The page with the values of `view`'s stored properties, as UTF-8.
  package func page(_ view: some Sendable) -> Data {
    Data((library.render(view, withTemplate: pageName) ?? "").utf8)
  }

  private static func template(_ text: String, file: String) throws(ReportingError) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: text)
    } catch let error as MustacheTemplate.ParserError {
      throw .templateSyntax(
        file: file, line: error.context.lineNumber, column: error.context.columnNumber,
        reason: "\(error.error)")
    } catch {
      throw .templateSyntax(file: file, line: 1, column: 1, reason: "\(error)")
    }
  }

  /// A partial with the place of its tag.
  private struct Inclusion {
    let name: String
    let line: Int
    let column: Int
  }

  /// The names in `{{> name}}` and `{{< name}}`, in order. Tags in other delimiters would hide some.
  private static func inclusions(in text: String, file: String) throws(ReportingError) -> [Inclusion] {
    var inclusions: [Inclusion] = []
    for match in text.matches(of: #/\{\{(?:=|[<>]\s*([^\s}]+)\s*\}\})/#) {
      let lines = text[..<match.range.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
      let (line, column) = (lines.count, (lines.last?.count ?? 0) + 1)
      guard let name = match.1 else {
        throw .templateSyntax(
          file: file, line: line, column: column, reason: "other delimiters than {{ and }} are not read")
      }
      inclusions.append(Inclusion(name: String(name), line: line, column: column))
    }
    return inclusions
  }

  /// The most inclusions of a page, those of partials counted each time: some hundred times what one has.
  private static let mostInclusions = 10_000

  /// Checks that no template includes itself, by way of others or not, and that inclusions do not grow: the page
  /// would never end.
  private static func checkEnds(
    _ included: [String: [Inclusion]], from chain: [String], _ count: inout Int
  ) throws(ReportingError) {
    guard let name = chain.last else { return }
    for inclusion in included[name] ?? [] {
      count += 1
      let problem: String? =
        if chain.contains(inclusion.name) {
          "'\(inclusion.name)' includes itself: \((chain + [inclusion.name]).joined(separator: " → "))"
        } else if count > mostInclusions {
          "the page includes more than \(mostInclusions) partials"
        } else {
          nil
        }
      if let problem {
        throw .templateSyntax(
          file: name + ".mustache", line: inclusion.line, column: inclusion.column, reason: problem)
      }
      try checkEnds(included, from: chain + [inclusion.name], &count)
    }
  }
}
