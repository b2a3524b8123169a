import Encodings
import Foundation

/// What kinds of work took on each machine that used the store: `costs/<machine>.json`, for the time left.
///
/// Nothing but the time left depends on these files: one that cannot be read is as good as none, and one that
/// cannot be written is done without.
package struct CostStore: Sendable {
  /// Seconds that a cost model counts for work, and seconds that it took.
  package struct Times: Codable, Equatable, Sendable {
    package var counted: Double
    package var taken: Double

    package init(counted: Double, taken: Double) {
      self.counted = counted
      self.taken = taken
    }
  }
  private struct Document: Codable {
    var schema: String
    var machine: String
    var classes: [String: Times]
  }
  /// Another number for another way of counting: the seconds counted before then mean nothing.
  private static let schema = "plateau-costs/1"
  private let folder: String
  private let machine: String

  /// The costs of `machine`, whatever words describe it, in the store in `folder`.
  package init(folder: String, machine: String) {
    self.folder = folder + "/costs"
    self.machine = machine
  }

  private var path: String { folder + "/" + SHA256.hex(of: Array(machine.utf8)).prefix(16) + ".json" }

  /// The times by the names of classes of work.
  package func read() -> [String: Times] {
    guard let data = FileManager.default.contents(atPath: path),
      let document = try? JSONDecoder().decode(Document.self, from: data),
      document.schema == Self.schema, document.machine == machine
    else { return [:] }
    return document.classes
  }

  /// Writes the times in place of those that are there.
  package func write(_ classes: [String: Times]) {
    let document = Document(schema: Self.schema, machine: machine, classes: classes)
    guard let text = try? CanonicalJSON.text(of: document) else { return }
    try? FileSystem.makeFolder(folder)
    try? DurableFile().store(Array((text + "\n").utf8), at: path)
  }
}
