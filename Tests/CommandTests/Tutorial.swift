import Foundation
import Testing

/// A page of `Documentation/Tutorials`: files to write, commands to call, and what these print, in the page's order.
///
/// A block `sh` is commands, one `text` is what the commands before it print, and any other is a file, which its info
/// string names behind the language, as in `yaml figures/figX1.yml`. In what is printed, `…` stands for any characters,
/// and for any lines where it is alone on one.
struct Tutorial {
  enum Step {
    case file(name: String, text: String)
    case commands(String, printed: String?)
  }
  /// The page breaks its own form.
  enum Fault: Error {
    case noName(block: String)
    case outputWithoutCommands(String)
    case notClosed(block: String)
  }
  private(set) var steps: [Step] = []

  /// The page of this name.
  init(_ name: String) throws {
    let page = Program.repository + "/Documentation/Tutorials/\(name).md"
    try self.init(text: String(contentsOfFile: page, encoding: .utf8))
  }

  init(text page: String) throws {
    var lines = page.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.popFirst() {
      guard line.hasPrefix("```") else { continue }
      let info = line.dropFirst(3).split(separator: " ").map(String.init)
      guard let end = lines.firstIndex(of: "```") else { throw Fault.notClosed(block: String(line)) }
      let text = lines[..<end].map { $0 + "\n" }.joined()
      lines = lines[(end + 1)...]
      switch (info.first, info.count) {
      case ("sh", 1): steps.append(.commands(text, printed: nil))
      case ("text", 1):
        guard case .commands(let commands, nil) = steps.popLast() else {
          throw Fault.outputWithoutCommands(text)
        }
        steps.append(.commands(commands, printed: text))
      case (_, 2): steps.append(.file(name: info[1], text: text))
      default: throw Fault.noName(block: String(line))
      }
    }
  }

  /// Whether `actual` is what the page shows.
  static func matches(_ actual: String, _ shown: String) throws -> Bool {
    let pattern = shown.split(separator: "\n").map { line in
      line == "…"
        ? #"(?:[^\n]*\n)*"#
        : line.split(separator: "…", omittingEmptySubsequences: false)
          .map { NSRegularExpression.escapedPattern(for: String($0)) }.joined(separator: #"[^\n]*"#) + #"\n"#
    }.joined()
    let expression = try NSRegularExpression(pattern: #"\A"# + pattern + #"\z"#)
    return expression.firstMatch(in: actual, range: NSRange(actual.startIndex..., in: actual)) != nil
  }

  /// Does what the page says in the working folder of `program`, and checks what it says is printed.
  func execute(in program: Program, environment: [String: String]) throws {
    for step in steps {
      switch step {
      case .file(let name, let text): try program.write(Array(text.utf8), to: name)
      case .commands(let commands, let printed):
        let outcome = try program.shell("set -e\n" + commands, environment: environment)
        try #require(outcome.status == 0, "\(commands)\n\(outcome.errors)")
        guard let printed else { continue }
        let isSame = try Self.matches(outcome.output, printed)
        #expect(isSame, "\(commands)prints\n\(outcome.output)and not\n\(printed)")
      }
    }
  }
}
