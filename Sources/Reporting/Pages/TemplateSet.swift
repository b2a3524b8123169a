import Foundation
import Mustache

/// The templates and the style sheet of the site, read from a folder and checked.
///
/// The engine renders an unknown partial as nothing, so the names are checked here, once.
struct TemplateSet: Sendable {
  /// The template from which the page is rendered; it includes the others.
  static let pageName = "page"
  static let styleSheetName = "style.css"

  let styleSheet: Data
  /// Every file that was read, by its name in the folder.
  let sources: [String: Data]
  private let library: MustacheLibrary

  init(folder: String) throws(ReportingError) {
    let folderURL = URL(fileURLWithPath: folder, isDirectory: true)
    func read(_ file: String) throws(ReportingError) -> Data {
      do {
        return try Data(contentsOf: folderURL.appendingPathComponent(file))
      } catch {
        throw .templateUnreadable(file: file, folder: folder)
      }
    }
    styleSheet = try read(Self.styleSheetName)
    var sources = [Self.styleSheetName: styleSheet]
    var library = MustacheLibrary()
    var waiting = [(name: Self.pageName, includer: Self.pageName)]
    var seen: Set<String> = [Self.pageName]
    while let (name, includer) = waiting.popLast() {
      let file = name + ".mustache"
      guard name == Self.pageName || FileManager.default.fileExists(atPath: folderURL.path + "/" + file)
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
      for partial in Self.partials(in: text) where seen.insert(partial).inserted {
        waiting.append((partial, name))
      }
    }
    self.library = library
    self.sources = sources
  }

  /// The page, as UTF-8.
  func page(_ view: PageView) -> Data {
    Data((library.render(view, withTemplate: Self.pageName) ?? "").utf8)
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

  /// The names in `{{> name}}`, in order.
  private static func partials(in text: String) -> [String] {
    text.matches(of: #/\{\{>\s*([^\s}]+)\s*\}\}/#).map { String($0.1) }
  }
}
