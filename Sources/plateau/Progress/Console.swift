import ArgumentParser
import Foundation

/// Standard error for people, standard output for results.
enum Console {
  /// Writes a line to standard error.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Runs a command's work; an error is printed with its remedy and ends the program with status 2.
  static func orExplain<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
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
