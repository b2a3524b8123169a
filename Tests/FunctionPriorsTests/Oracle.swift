import Foundation

/// Stored values from the test resources.
enum Oracle {
  static func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
    let file = Bundle.module.bundleURL.appendingPathComponent("Oracles").appendingPathComponent(name)
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}
