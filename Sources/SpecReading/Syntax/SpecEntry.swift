import Specifications

/// One key of a mapping in a spec file, with its value.
struct SpecEntry: Sendable {
  var key: String
  var keyLocation: SpecLocation
  var value: SpecNode
}
