// `stdout` is a variable in C.
@preconcurrency import Foundation

/// The program's three streams, made safe: messages may be lost, work may not, and an answer that could not be
/// written is an error.
enum StandardStreams {
  /// The first thing that the program does. Descriptors that it was begun without are filled, so that no file
  /// takes their numbers; a reader that is gone is an error of the write and not the program's end; and the
  /// program's own end looks whether the answer was written.
  static func secure() {
    // Not to be written to: a write then fails as it should.
    for (descriptor, mode) in [
      (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY),
    ]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", mode)
    }
    signal(SIGPIPE, SIG_IGN)
    // The Swift runtime prints a backtrace and goes on.
    signal(SIGQUIT) { _ in _exit(128 + SIGQUIT) }
    atexit {
      if fflush(stdout) != 0 || ferror(stdout) != 0 {
        StandardStreams.writeMessage(
          "plateau: standard output could not be written: \(String(cString: strerror(errno)))\n")
        _exit(2)
      }
    }
  }

  /// Writes to standard error as much as it takes.
  static func writeMessage(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      // A full disk, a closed terminal, a reader that is gone: nobody is there to be told.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
