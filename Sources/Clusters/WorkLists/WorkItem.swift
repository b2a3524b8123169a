package import Planning

/// A piece of work that can be handed to a machine: what it makes, and what it asks for.
package struct WorkItem: Equatable, Sendable {
  /// What is made.
  package enum Kind: String, Sendable {
    /// A run: its training and the measurements that are not stored.
    case run
    /// Some networks of a sample of functions, as blocks in the store.
    case samplePart = "sample-part"
    /// A sample of functions: its blocks are counted.
    case sample
    /// Some initialisations of a Monte-Carlo kernel, as blocks in the store.
    case kernelPart = "kernel-part"
    /// A Monte-Carlo kernel: the sum of its blocks.
    case kernel
  }
  package let kind: Kind
  /// The content hash of what is made, or of what the part belongs to.
  package let key: ContentKey
  /// Where it stands in the plan, from 0: among the samples for a sample and its parts, among the runs for all
  /// else; a kernel stands with the first run that asks for it.
  package let position: Int
  /// The networks or initialisations of a part.
  package let part: Range<Int>?
  /// The sample or kernel that must be there first.
  package let needs: ContentKey?
  package let resources: ResourceClass
  /// Expected seconds of wall time on the cores of its class.
  package let seconds: Double
  /// Megabytes of memory (10⁶ bytes).
  package let megabytes: Int
  /// The identities of the measurements that a run must have to be whole.
  package let measurements: [String]
  /// What it is, for people.
  package let label: String

  /// An item from its parts.
  package init(
    kind: Kind, key: ContentKey, position: Int, part: Range<Int>? = nil, needs: ContentKey? = nil,
    resources: ResourceClass, seconds: Double, megabytes: Int, measurements: [String] = [], label: String
  ) {
    self.kind = kind
    self.key = key
    self.position = position
    self.part = part
    self.needs = needs
    self.resources = resources
    self.seconds = seconds
    self.megabytes = megabytes
    self.measurements = measurements
    self.label = label
  }

  /// The name under which messages, attempts and other submissions know it.
  package var name: String { Self.name(kind, key, part) }

  /// The name of an item of these parts.
  package static func name(_ kind: Kind, _ key: ContentKey, _ part: Range<Int>? = nil) -> String {
    "\(kind.rawValue)/\(key)" + (part.map { "/\($0.lowerBound)-\($0.count)" } ?? "")
  }
}
