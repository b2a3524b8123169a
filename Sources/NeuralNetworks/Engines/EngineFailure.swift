import Foundation

/// The end of the program by a device that fails in the middle of its work.
///
/// What is stored and the checkpoints stay, as after a kill, and the same call goes on from them; so no layer above an
/// engine has to carry the error.
package enum EngineFailure {
  /// EX_IOERR of sysexits.h.
  package static let status: Int32 = 74

  /// Writes what failed to the error stream, and ends the program at once.
  package static func end(_ reason: String) -> Never {
    fflush(nil)
    FileHandle.standardError.write(
      Data("\nplateau: \(reason). What was stored stays; the same call goes on from there\n".utf8))
    _exit(status)
  }
}
