import Foundation

/// Where the running program lies, and what lies beside it.
///
/// A distribution (`make dist`) is one folder, wherever it is unpacked: `bin/plateau` finds its specs, templates, images
/// and fonts in `share/plateau`.
package enum Distribution {
  /// The program's file, without links; nil where the system does not tell.
  package static let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path

  /// The folder of the program's file; nil where the system does not tell.
  package static let programFolder = program.map {
    URL(fileURLWithPath: $0).deletingLastPathComponent().path
  }

  /// The folder `share/plateau` of a distribution; nil for a program that lies elsewhere, as in its build.
  package static let sharedFolder: String? = {
    guard let programFolder else { return nil }
    let folder = URL(fileURLWithPath: programFolder).deletingLastPathComponent()
      .appendingPathComponent("share/plateau").path
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }()
}
