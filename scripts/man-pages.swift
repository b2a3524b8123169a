// Writes the manual pages of a program that swift-argument-parser reads the command line of: one page in mdoc for each
// command that its help shows, from what the program says of itself.
//
//     plateau --experimental-dump-help | swift scripts/man-pages.swift 0.1.0 0 share/man/man1
//
// The arguments are the version, the pages' date in seconds since 1970, and the folder. The package's own generator
// runs the lines of examples together, and shows hidden commands.
import Foundation

struct Help: Decodable {
  let command: Command
}

struct Command: Decodable {
  let commandName: String
  let superCommands: [String]?
  let shouldDisplay: Bool?
  let abstract: String?
  let discussion: String?
  let subcommands: [Command]?
  let arguments: [Argument]?

  /// The words that call it, such as `plateau data list`.
  var words: [String] { (superCommands ?? []) + [commandName] }
  /// Its page, such as `plateau-data-list`.
  var page: String { words.joined(separator: "-") }
  /// Those below it that have pages.
  var pages: [Command] {
    (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
  }
  var shown: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
}

struct Argument: Decodable {
  struct Name: Decodable {
    let kind: String
    let name: String
  }
  let kind: String
  let shouldDisplay: Bool
  let isOptional: Bool
  let isRepeating: Bool
  let names: [Name]?
  let preferredName: Name?
  let valueName: String?
  let defaultValue: String?
  let abstract: String?
  let discussion: String?

  private var value: String { "Ar " + escaped(valueName ?? "value", asOption: true) }

  private func flag(_ name: Name) -> String {
    "Fl " + escaped((name.kind == "long" ? "-" : "") + name.name, asOption: true)
  }

  /// Its part of the synopsis.
  var usage: String {
    let name = preferredName.map(flag)
    let macro =
      [name, kind == "flag" ? nil : value].compactMap(\.self).joined(separator: " ")
      + (isRepeating ? " ..." : "")
    return isOptional ? ".Op \(macro)" : ".\(macro)"
  }

  /// Its entry in the list of options.
  var entry: [String] {
    let label = kind == "positional" ? value : (names ?? []).map(flag).joined(separator: " , ")
    let said = (abstract ?? "") + (defaultValue.map { " (default: \($0))" } ?? "")
    return [".It " + label + (kind == "option" ? " " + value : "")] + text(said)
      + (discussion.map { [".Pp"] + Discussion($0).body } ?? [])
  }
}

/// The paragraphs of a command's help, and the sections that they make.
struct Discussion {
  private(set) var body: [String] = []
  private(set) var examples: [String] = []
  private(set) var exitStatus: [String] = []

  init(_ discussion: String) {
    let lines = discussion.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for block in lines.split(whereSeparator: \.isEmpty) {
      if ["EXAMPLE", "EXAMPLES"].contains(block.first) {
        examples += Self.display(block.dropFirst())
      } else {
        add(block)
      }
    }
  }

  private mutating func add(_ block: ArraySlice<String>) {
    if !body.isEmpty { body.append(".Pp") }
    var rest = block
    while let line = rest.first {
      if line.hasPrefix("Exit status: ") {
        exitStatus += text(String(line.dropFirst("Exit status: ".count)))
        rest.removeFirst()
      } else if line.hasPrefix(" ") {
        let table = rest.prefix { $0.hasPrefix(" ") }
        body += Self.display(table)
        rest = rest.dropFirst(table.count)
      } else {
        let paragraph = rest.prefix { !$0.hasPrefix(" ") && !$0.hasPrefix("Exit status: ") }
        if body.last == ".Ed" { body.append(".Pp") }
        body += text(paragraph.joined(separator: " "))
        rest = rest.dropFirst(paragraph.count)
      }
    }
  }

  /// Lines as they are.
  private static func display(_ lines: ArraySlice<String>) -> [String] {
    [".Bd -literal -offset indent"]
      + lines.map { guarded(escaped(String($0.trimmingPrefix("  ")), asOption: true)) } + [".Ed"]
  }
}

/// Text for roff, in ASCII. As an option or a line to be typed, a hyphen is a minus sign.
func escaped(_ text: String, asOption: Bool = false) -> String {
  text.unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "\\": result += "\\e"
    case "-" where asOption: result += "\\-"
    case "'" where asOption: result += "\\(aq"
    case "\"": result += "\\(dq"
    case "^": result += "\\(ha"
    case "~": result += "\\(ti"
    case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
    default:
      let code = String(scalar.value, radix: 16, uppercase: true)
      result += "\\[u\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)]"
    }
  }
}

/// A line that begins as a request of roff would, made text.
func guarded(_ line: String) -> String {
  line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
}

/// A paragraph in lines of at most 79 characters, each sentence on a line of its own.
func text(_ paragraph: String) -> [String] {
  var lines: [String] = []
  var last = ""
  for word in paragraph.split(whereSeparator: \.isWhitespace) {
    let end = last.last { $0 != ")" }
    let isNew = lines.isEmpty || (".?!".contains(end ?? " ") && !(word.first?.isLowercase ?? false))
    last = String(word)
    let next = escaped(last, asOption: last.hasPrefix("-"))
    if let line = lines.last, !isNew, line.count + 1 + next.count < 80 {
      lines[lines.count - 1] = line + " " + next
    } else {
      lines.append(guarded(next))
    }
  }
  return lines
}

func page(_ command: Command, version: String, date: String) -> String {
  let words = command.words.map { escaped($0, asOption: true) }.joined(separator: " ")
  let discussion = Discussion(command.discussion ?? "")
  let abstract = command.abstract ?? ""
  let purpose = abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract
  var lines = [
    ".Dd \(date)", ".Dt \(command.page.uppercased()) 1", ".Os plateau \(version)",
    ".Sh NAME", ".Nm \(command.page)", ".Nd \(escaped(purpose.prefix(1).lowercased() + purpose.dropFirst()))",
    ".Sh SYNOPSIS", ".Nm \(words)",
  ]
  lines += command.shown.map(\.usage)
  if !command.pages.isEmpty { lines.append(".Ar command") }
  lines += [".Sh DESCRIPTION"] + (discussion.body.isEmpty ? text(abstract) : discussion.body)
  if !command.pages.isEmpty {
    lines += [".Pp", "The commands are:", ".Bl -tag -width Ds"]
    for below in command.pages {
      lines += [".It Cm \(escaped(below.commandName, asOption: true))"] + text(below.abstract ?? "")
    }
    lines.append(".El")
  }
  if !command.shown.isEmpty {
    lines += [".Sh OPTIONS", ".Bl -tag -width Ds"] + command.shown.flatMap(\.entry) + [".El"]
  }
  if !discussion.exitStatus.isEmpty { lines += [".Sh EXIT STATUS"] + discussion.exitStatus }
  if !discussion.examples.isEmpty { lines += [".Sh EXAMPLES"] + discussion.examples }
  let others =
    ((command.superCommands.map { [$0.joined(separator: "-")] } ?? []) + command.pages.map(\.page)).sorted()
  lines.append(".Sh SEE ALSO")
  lines += others.enumerated().map { ".Xr \($1) 1" + ($0 + 1 < others.count ? " ," : "") }
  return lines.joined(separator: "\n") + "\n"
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let seconds = TimeInterval(arguments[2]) else {
  FileHandle.standardError.write(
    Data("man-pages VERSION SECONDS FOLDER < the program's --experimental-dump-help\n".utf8))
  exit(64)
}
let style = Date.VerbatimFormatStyle(
  format: "\(month: .wide) \(day: .defaultDigits), \(year: .defaultDigits)",
  locale: Locale(identifier: "en_US"),
  timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
let date = Date(timeIntervalSince1970: seconds).formatted(style)
let help = try JSONDecoder().decode(Help.self, from: FileHandle.standardInput.readDataToEndOfFile())
var waiting = [help.command]
while let command = waiting.popLast() {
  try page(command, version: arguments[1], date: date)
    .write(toFile: "\(arguments[3])/\(command.page).1", atomically: false, encoding: .utf8)
  waiting += command.pages
}
