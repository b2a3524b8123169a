import Foundation

/// The file of this program.
enum ProgramFile {
  /// Its path, without links.
  static var path: String {
    Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? CommandLine.arguments[0]
  }
}
