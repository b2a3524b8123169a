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
    while let (name, includer) = waiting.popLast() {
      let file = name + ".mustache"
      guard name == pageName || FileManager.default.fileExists(atPath: folderURL.path + "/" + file)
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

  /// The names in `{{> name}}`, in order.
  private static func partials(in text: String) -> [String] {
    text.matches(of: #/\{\{>\s*([^\s}]+)\s*\}\}/#).map { String($0.1) }
  }
}
