import Foundation
import Testing

/// The house as it is on disk: the manifest's table of layers and the imports of every source file.
struct House {
  let root: URL
  /// Target → modules it may import, from the table in Package.swift.
  let layers: [String: Set<String>]

  /// Modules that come with the system or the toolchain.
  static let system: Set<String> = [
    "Foundation", "FoundationNetworking", "FoundationXML", "Glibc", "Darwin", "Dispatch", "Synchronization",
  ]
  static let packageModules = ["yams": "Yams", "mustache": "Mustache"]

  /// Whether a target is C: its name is a C and another capital.
  static func isCModule(_ target: String) -> Bool { target.prefix { $0.isUppercase }.count > 1 }

  init() throws {
    root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let manifest = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let row = /\(\s*"(\w+)",\s*\[([^\]]*)\],\s*\[([^\]]*)\]\s*\)/
    var layers: [String: Set<String>] = [:]
    for match in manifest.matches(of: row) {
      let modules = match.2.matches(of: /"(\w+)"/).map { String($0.1) }
      let packages = match.3.split(whereSeparator: { ", \n".contains($0) }).compactMap {
        Self.packageModules[String($0)]
      }
      layers[String(match.1)] = Set(modules + packages)
    }
    self.layers = layers
  }

  /// Every Swift file below Sources/`target` with the modules it imports.
  func imports(of target: String) throws -> [(file: String, module: String)] {
    let folder = root.appendingPathComponent("Sources/\(target)")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var imports: [(String, String)] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("import ") {
        let pattern =
          /\s*(?:@\w+\s+)?(?:public |package |internal |private )?import (?:struct |class |enum |func )?(\w+)/
        if let match = line.wholeMatch(of: pattern) {
          imports.append((file.lastPathComponent, String(match.1)))
        }
      }
    }
    return imports
  }
}

@Suite struct LayersTests {
  @Test("the manifest's table names every library target that has a folder")
  func tableIsComplete() throws {
    let house = try House()
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: house.root.appendingPathComponent("Sources").path)
    let libraries = folders.filter { $0 != "plateau" && !House.isCModule($0) }
    #expect(Set(libraries) == Set(house.layers.keys))
  }

  @Test("no file imports a module that its target does not declare")
  func imports() throws {
    let house = try House()
    for (target, allowed) in house.layers {
      let imports = try house.imports(of: target)
      for (file, module) in imports where !House.system.contains(module) {
        #expect(allowed.contains(module), "Sources/\(target)/…/\(file) imports \(module)")
      }
    }
  }

  @Test("no target declares a module that none of its files imports")
  func unusedImports() throws {
    let house = try House()
    for (target, declared) in house.layers {
      let used = Set(try house.imports(of: target).map(\.module))
      #expect(declared.subtracting(used).isEmpty, "\(target) declares \(declared.subtracting(used).sorted())")
    }
  }

  @Test("data goes one way: a layer imports only layers above it in the table")
  func order() throws {
    let house = try House()
    let manifest = try String(contentsOf: house.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let order = manifest.matches(of: /\(\s*"(\w+)",\s*\[/).map { String($0.1) }.filter {
      house.layers[$0] != nil
    }
    for (position, target) in order.enumerated() {
      for module in house.layers[target] ?? [] where house.layers[module] != nil {
        let index = try #require(order.firstIndex(of: module))
        #expect(index < position, "\(target) imports \(module), which stands below it")
      }
    }
  }

  @Test("each C library is imported by one module")
  func cLibraries() throws {
    let house = try House()
    let cModules = try FileManager.default.contentsOfDirectory(
      atPath: house.root.appendingPathComponent("Sources").path
    ).filter(House.isCModule)
    var importers: [String: Set<String>] = [:]
    for target in Array(house.layers.keys) + ["plateau"] {
      for (_, module) in try house.imports(of: target)
      where cModules.contains(module) {
        importers[module, default: []].insert(target)
      }
    }
    #expect(
      importers == [
        "COpenBLAS": ["LinearAlgebra"], "CARPACK": ["LinearAlgebra"], "CLBFGSB": ["Flatness"],
        "CCairo": ["Plotting"], "CZlib": ["Datasets"], "CSparseProducts": ["NeuralNetworks"],
        "CFunctionSampling": ["FunctionPriors"], "COneDNN": ["NeuralNetworks"],
        "CArchive": ["Bundles"], "COpenSSL": ["Encodings"], "CSquareRoot": ["Training"],
      ])
  }

  @Test("Documentation/Architecture.md shows the table of the manifest")
  func documentedTable() throws {
    let house = try House()
    let page = try String(
      contentsOf: house.root.appendingPathComponent("Documentation/Architecture.md"), encoding: .utf8)
    for (target, allowed) in house.layers {
      let row = page.split(separator: "\n").first { $0.hasPrefix("| \(target) |") }
      let cells = try #require(row, "no row for \(target)").split(separator: "|")
      let last = cells[cells.count - 1].trimmingCharacters(in: .whitespaces)
      let modules =
        last == "–" ? [] : last.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(Set(modules) == allowed, "the row of \(target)")
    }
  }
}
