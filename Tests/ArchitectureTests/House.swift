import Foundation

/// The package as it is on disk: what Package.swift declares, and what the source files hold.
struct House {
  let root: URL
  /// The manifest's text.
  let manifest: String
  /// The library targets, in the manifest's order.
  let order: [String]
  /// Target → modules it may import, from the table in Package.swift.
  let layers: [String: Set<String>]
  /// The C targets that Package.swift declares, system libraries and C of this package alike.
  let cTargets: Set<String>

  /// Modules that come with the system or the toolchain.
  static let system: Set<String> = [
    "Foundation", "FoundationNetworking", "FoundationXML", "Glibc", "Darwin", "Dispatch", "Synchronization",
  ]

  /// The C modules of packages, by the module that stands for the package in the table.
  static let cModulesOfPackages = ["Yams": "CYaml"]

  /// Whether a target is C: its name is a C and another capital.
  static func isCModule(_ target: String) -> Bool { target.prefix { $0.isUppercase }.count > 1 }

  init() throws {
    root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    manifest = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let products = Dictionary(
      uniqueKeysWithValues: manifest.matches(
        of: /let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/
      ).map { (String($0.1), String($0.2)) })
    var layers: [String: Set<String>] = [:]
    var order: [String] = []
    for match in manifest.matches(of: /\(\s*"(\w+)",\s*\[([^\]]*)\],\s*\[([^\]]*)\]\s*\)/) {
      let modules = match.2.matches(of: /"(\w+)"/).map { String($0.1) }
      let packages = match.3.matches(of: /\w+/).compactMap { products[String($0.0)] }
      layers[String(match.1)] = Set(modules + packages)
      order.append(String(match.1))
    }
    self.layers = layers
    self.order = order
    cTargets = Set(
      manifest.matches(of: /\.(?:systemLibrary|target)\(\s*name: "(\w+)"/).map { String($0.1) }
        .filter(Self.isCModule))
  }

  /// The names in the folder Sources.
  func sourceFolders() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path)
  }

  /// Every Swift file below a folder, with its text.
  func swiftFiles(in folder: String) throws -> [(name: String, text: String)] {
    let base = root.appendingPathComponent(folder)
    let files = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    var found: [(name: String, text: String)] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let name = String(file.path.dropFirst(root.path.count + 1))
      found.append((name, try String(contentsOf: file, encoding: .utf8)))
    }
    return found
  }

  /// The modules that the Swift files below a folder import.
  func imports(in folder: String) throws -> [(file: String, module: String)] {
    let pattern =
      /\s*(?:@\w+ +)*(?:public |package |internal |private )?import (?:struct |class |enum |func )?(\w+)/
    return try swiftFiles(in: folder).flatMap { file in
      file.text.split(separator: "\n").compactMap { line in
        line.wholeMatch(of: pattern).map { (file.name, String($0.1)) }
      }
    }
  }
}
