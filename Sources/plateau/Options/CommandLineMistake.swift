import ArgumentParser
import SpecReading

/// Mistakes of a command line that its parser does not name.
enum CommandLineMistake {
  /// Refuses an argument without text, such as that of `--figures ""`: no option and no file is called so.
  static func refuseEmpty(_ arguments: [String]) throws {
    for (index, argument) in arguments.enumerated() {
      if argument.isEmpty {
        let option = index > 0 && arguments[index - 1].hasPrefix("--") ? arguments[index - 1] : "an argument"
        throw ValidationError("\(option) is empty; give it a value, or leave it out")
      }
      if argument.hasPrefix("--"), argument.hasSuffix("=") {
        throw ValidationError("\(argument.dropLast()) is empty; give it a value, or leave it out")
      }
    }
  }

  /// Refuses what the parser would pass over: a name that no command has, also behind `help`, and anything beside
  /// `--version`.
  static func refusePassedOver(_ arguments: [String], root: any ParsableCommand.Type) throws {
    if arguments.first == "help" {
      var command = root
      for name in arguments.dropFirst() where !name.hasPrefix("-") && name != "help" {
        command = try subcommand(name, of: command)
      }
    } else if let name = arguments.first, !name.hasPrefix("-") {
      _ = try subcommand(name, of: root)
    }
    if arguments.first == "--version", arguments.count > 1 {
      throw ValidationError("--version stands alone; leave out '\(arguments[1])'")
    }
  }

  private static func subcommand(
    _ name: String, of command: any ParsableCommand.Type
  ) throws -> any ParsableCommand.Type {
    if let found = known(name, of: command) { return found }
    let meant = NearestName.of(name, among: command.configuration.subcommands.map { $0._commandName })
    throw ValidationError(
      "'\(command._commandName)' has no command '\(name)'." + (meant.map { " Did you mean '\($0)'?" } ?? ""))
  }

  /// The command of that name below `command`; nil where there is none.
  private static func known(
    _ name: String, of command: any ParsableCommand.Type
  ) -> (any ParsableCommand.Type)? {
    command.configuration.subcommands.first { $0._commandName == name }
  }

  /// What to say in place of `message`, which complains that an option is missing, where one that the command
  /// does not know stands in its place; nil where `message` says enough.
  static func misspeltOption(
    in arguments: [String], message: String, root: any ParsableCommand.Type
  ) -> String? {
    guard let usage = message.range(of: "Usage: ").map({ message[$0.lowerBound...] }),
      !message.contains("Unknown option")
    else { return nil }
    let known = options(of: command(arguments, root: root))
    let given = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
      .map { String($0.prefix { $0 != "=" }) }
    guard let unknown = given.first(where: { !(known + ["--help", "--version"]).contains($0) }) else {
      return nil
    }
    let meant = NearestName.of(unknown, among: known).map { " Did you mean '\($0)'?" } ?? ""
    return "Error: Unknown option '\(unknown)'.\(meant)\n\(usage)"
  }

  /// The command that `arguments` begin with.
  private static func command(
    _ arguments: [String], root: any ParsableCommand.Type
  ) -> any ParsableCommand.Type {
    var command = root
    for name in arguments {
      guard let found = known(name, of: command) else { break }
      command = found
    }
    return command
  }

  /// The names of a command's options, from its help, where each begins a line.
  private static func options(of command: any ParsableCommand.Type) -> [String] {
    command.helpMessage().matches(of: /(?m)^ +(?:-[a-z], )?(--[a-z][a-z0-9-]*)/).map { String($0.1) }
  }
}
