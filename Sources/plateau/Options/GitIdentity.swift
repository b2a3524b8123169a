import Foundation

/// Who the user is, as git knows.
enum GitIdentity {
  /// `user.name` of git; nil where git is not installed or has none.
  static var name: String? {
    let git = Process()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    git.arguments = ["git", "config", "user.name"]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return nil }
    let name = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    git.waitUntilExit()
    return name.isEmpty || name.contains(where: \.isNewline) ? nil : name
  }
}
