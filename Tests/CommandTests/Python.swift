import Foundation
import Testing

/// A Python that has the safetensors package, where there is one.
enum Python {
  struct Answer: Decodable {
    let shapes: [String: [Int]]
    let corners: [String: [Double]]
    let metadata: [String: String]
    let logits: [Double]
    let loss: Double
  }

  /// One that has NumPy and safetensors.
  static let executable = first(with: "numpy, safetensors.numpy")

  /// One that has PyTorch besides.
  static let withPyTorch = first(with: "numpy, torch, safetensors.torch")

  /// The repository's own environment for tests, else `python3`; nil where neither has the modules.
  private static func first(with modules: String) -> [String]? {
    [[Program.repository + "/.test-venv/bin/python"], ["/usr/bin/env", "python3"]]
      .first { (try? run($0 + ["-c", "import \(modules)"]))?.status == 0 }
  }

  /// Runs a script and decodes what it prints.
  static func run(_ script: String, _ arguments: [String]) throws -> Answer {
    let command = try #require(executable)
    let (status, output) = try run(command + ["-c", script] + arguments)
    try #require(status == 0)
    return try JSONDecoder().decode(Answer.self, from: output)
  }

  private static func run(_ command: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
