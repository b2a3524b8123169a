import Encodings
import Planning

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
    var schema: Int
    var machine: String
    var classes: [String: Times]
  }
  /// Another number for another way of counting: the seconds counted before then mean nothing.
  private static let schema = 3
  private let store: String
  private let machine: String

  /// The costs of `machine`, whatever words describe it, in the store in `folder`.
  package init(folder: String, machine: String) {
    store = folder
    self.machine = machine
  }

  private var folder: String { "\(store)/\(StoredKind.costs.folder)" }
  private var digits: String { SHA256.hex(of: Array(machine.utf8)) }
  private var path: String { "\(folder)/\(digits.prefix(16)).\(StoredKind.costs.fileExtension)" }

  /// The times by the names of classes of work.
  ///
  /// - Parameter onDamage: called with a file that is not what was written, or is of another machine; it was
  ///   set aside. One of an earlier version counts as none.
  package func read(onDamage: (DamagedFile) -> Void = { _ in }) -> [String: Times] {
    guard let bytes = try? FileSystem.contents(of: path) else { return [:] }
    do throws(FileDamage) {
      let document = try ChecksummedJSON.body(
        in: bytes, schema: Self.schema, of: "the costs of a machine", as: Document.self)
      guard document.machine == machine else { throw FileDamage("it holds those of \(document.machine)") }
      return document.classes
    } catch {
      // Counted otherwise; the next write replaces it.
      if error.isOfEarlierLayout { return [:] }
      if let key = ContentKey(digits),
        let aside = try? DamagedFile.settingAside(
          path, kind: .costs, key: key, reason: error.reason, in: store)
      {
        onDamage(aside)
      }
      return [:]
    }
  }

  /// Writes the times in place of those that are there.
  package func write(_ classes: [String: Times]) {
    let document = Document(schema: Self.schema, machine: machine, classes: classes)
    guard let bytes = try? ChecksummedJSON.bytes(of: document) else { return }
    try? FileSystem.makeFolder(folder)
    try? DurableFile().store(bytes, at: path)
  }
}
