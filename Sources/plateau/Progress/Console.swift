import ArgumentParser
import Foundation

/// Standard error for people, standard output for results.
enum Console {
  /// The variables that the program was called with.
  static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// Whether standard error is a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) != 0 }

  /// Writes a line to standard error.
  static func note(_ text: String) {
    StandardStreams.writeMessage(text + "\n")
  }

  /// Replaces the terminal's current line on standard error.
  static func redraw(_ line: String) {
    StandardStreams.writeMessage("\r\u{1B}[K" + line)
  }

  /// Prints one JSON object on standard output, keys sorted.
  static func print(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// The folder that the program was called in is not there.
  private struct NoWorkingFolder: Error, CustomStringConvertible {
    let reason: String
    var description: String {
      "the working folder cannot be used: \(reason). Change to a folder that is there, and call again"
    }
  }

  /// Relative paths mean nothing in a folder that was deleted.
  private static func checkWorkingFolder() throws(NoWorkingFolder) {
    guard let path = getcwd(nil, 0) else {
      throw NoWorkingFolder(reason: String(cString: strerror(errno)))
    }
    free(path)
  }

  /// Runs a command's work; an error is printed with its remedy and ends the program with status 2.
  static func orExplain<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
      try checkWorkingFolder()
      return try await work()
    } catch let error as ExitCode {
      throw error
    } catch let error as ValidationError {
      throw error
    } catch {
      note("plateau: \(error)")
      throw ExitCode(2)
    }
  }
}
