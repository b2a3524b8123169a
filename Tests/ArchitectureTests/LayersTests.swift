import Foundation
import Testing

@Suite("Layers") struct LayersTests {
  @Test("the manifest's table names every library target that has a folder")
  func tableIsComplete() throws {
    let house = try House()
    let libraries = try house.sourceFolders().filter { $0 != "plateau" && !House.isCModule($0) }
    #expect(Set(libraries) == Set(house.layers.keys))
  }

  @Test("no file imports a module that its target does not declare")
  func imports() throws {
    let house = try House()
    for (target, declared) in house.layers {
      let allowed = declared.union(declared.compactMap { House.cModulesOfPackages[$0] })
      for (file, module) in try house.imports(in: "Sources/\(target)") where !House.system.contains(module) {
        #expect(allowed.contains(module), "\(file) imports \(module)")
      }
    }
  }

  @Test("no target declares a module that none of its files imports")
  func unusedImports() throws {
    let house = try House()
    for (target, declared) in house.layers {
      let used = Set(try house.imports(in: "Sources/\(target)").map(\.module))
      #expect(declared.subtracting(used).isEmpty, "\(target) declares \(declared.subtracting(used).sorted())")
    }
  }

  @Test("data goes one way: a layer imports only layers above it in the table")
  func order() throws {
    let house = try House()
    for (position, target) in house.order.enumerated() {
      for module in house.layers[target] ?? [] where house.layers[module] != nil {
        let index = try #require(house.order.firstIndex(of: module))
        #expect(index < position, "\(target) imports \(module), which stands below it")
      }
    }
  }

  @Test("each C module is a folder, declared in the manifest, and used by one library target")
  func cModules() throws {
    let house = try House()
    #expect(Set(try house.sourceFolders().filter(House.isCModule)) == house.cTargets)
    for module in house.cTargets.sorted() {
      let users = house.layers.filter { $0.value.contains(module) }.keys.sorted()
      #expect(users.count == 1, "\(module) is declared by \(users)")
    }
    // The library targets' own files are held to their declarations by the tests above.
    for folder in ["Sources/plateau", "Benchmarks"] {
      for (file, module) in try house.imports(in: folder) {
        #expect(!house.cTargets.contains(module), "\(file) imports \(module)")
      }
    }
  }

  @Test("Documentation/Architecture.md shows the table of the manifest")
  func documentedTable() throws {
    let house = try House()
    let page = try String(
      contentsOf: house.root.appendingPathComponent("Documentation/Architecture.md"), encoding: .utf8)
    let table = page.split(separator: "\n").drop { !$0.hasPrefix("| Target |") }.prefix { $0.hasPrefix("|") }
    let rows = table.dropFirst(2).compactMap { $0.split(separator: "|").first }
    #expect(rows.map { $0.trimmingCharacters(in: .whitespaces) } == house.order)
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
