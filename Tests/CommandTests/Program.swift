import Foundation
import Testing

/// The built program, run as its users run it: as a process, in a fresh folder, without anything of this
/// machine's settings that it could look at.
final class Program: Sendable {
  /// What a call gave.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }
  /// The repository: specs, templates, and perhaps a Python environment.
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The working folder, removed with this value; it is the home folder too.
  let folder: String

  /// The program's file.
  static var executable: String {
    get throws {
      // The tests' own program stands in the folder that the build puts every product into.
      let products = try #require(Bundle.main.executableURL).deletingLastPathComponent()
      let executable = products.appendingPathComponent("plateau").path
      try #require(FileManager.default.isExecutableFile(atPath: executable), "\(executable) is not built")
      return executable
    }
  }

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("plateau-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  /// Writes a file, with the folders it needs.
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// The files below a folder of ours, by path below it.
  func files(in name: String, endingIn suffix: String = "") -> [String] {
    var isFolder: ObjCBool = false
    return (FileManager.default.subpaths(atPath: path(name)) ?? []).filter { file in
      file.hasSuffix(suffix)
        && FileManager.default.fileExists(atPath: path("\(name)/\(file)"), isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  /// The contents of the files below a folder, `run.json` aside, which alone may differ.
  func contents(of name: String) throws -> [String: Data] {
    let files = files(in: name).filter { $0 != "run.json" }
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: path("\(name)/\($0)"))))
      })
  }

  /// Runs the program to its end, in a shell after the commands `prelude` where there are some.
  func run(
    _ arguments: String..., environment: [String: String] = [:], after prelude: String? = nil,
    folder: String? = nil
  ) throws -> Outcome {
    try start(arguments, environment: environment, after: prelude, folder: folder).outcome()
  }

  /// Starts the program, as ``run(_:environment:after:folder:)`` does.
  func start(
    _ arguments: [String], environment: [String: String] = [:], after prelude: String? = nil,
    folder: String? = nil
  ) throws -> RunningProgram {
    let executable = try Self.executable
    let process = self.process(environment: ["PLATEAU_HOME": Self.repository].merging(environment) { $1 })
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    if let prelude {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "\(prelude)\nexec \"$0\" \"$@\"", executable] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: executable)
      process.arguments = arguments
    }
    return try RunningProgram(process)
  }

  /// Runs commands of the shell to their end, with the program, and what lies in the folder's `bin`, on their `PATH`.
  func shell(_ commands: String, environment: [String: String] = [:]) throws -> Outcome {
    let products = URL(fileURLWithPath: try Self.executable).deletingLastPathComponent().path
    let search = [path("bin"), products, ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
    let process = self.process(
      environment: environment.merging(["PATH": search.joined(separator: ":")]) { $1 })
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", commands]
    return try RunningProgram(process).outcome()
  }

  /// A process in the working folder that sees nothing of this machine's settings but what it needs, and what keeps it
  /// from beginning again.
  private func process(environment: [String: String]) -> Process {
    var variables = ["HOME": folder]
    for name in ["PATH", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "GOMP_SPINCOUNT"] {
      variables[name] = ProcessInfo.processInfo.environment[name]
    }
    let process = Process()
    process.environment = variables.merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    return process
  }
}

/// A call that is under way; its output goes to files, so that it never waits for a reader.
final class RunningProgram {
  private let process: Process
  private let streams: URL

  init(_ process: Process) throws {
    self.process = process
    streams = FileManager.default.temporaryDirectory.appendingPathComponent("plateau-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    for name in ["output", "errors"] {
      try Data().write(to: streams.appendingPathComponent(name))
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams.appendingPathComponent("output"))
    process.standardError = try FileHandle(forWritingTo: streams.appendingPathComponent("errors"))
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: streams)
  }

  var isRunning: Bool { process.isRunning }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until `condition` holds or the process ends; false when neither happens in half an hour, which
  /// no machine is too slow for: then the program hangs.
  @discardableResult
  func wait(until condition: () -> Bool = { false }) -> Bool {
    let end = ContinuousClock.now + .seconds(1800)
    while process.isRunning, !condition() {
      if ContinuousClock.now > end { return false }
      usleep(5000)
    }
    return true
  }

  /// Waits for the end.
  func outcome() throws -> Program.Outcome {
    try #require(wait(), "the program did not end in half an hour")
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: streams.appendingPathComponent(name)), as: UTF8.self)
    }
    return Program.Outcome(
      status: process.terminationStatus, output: try text("output"), errors: try text("errors"))
  }
}
