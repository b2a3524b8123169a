import Foundation
import Testing

@testable import DatasetDescriptions

@Suite("Descriptions of data sets")
struct DatasetDescriptionTests {
  @Test("every description is complete", arguments: DatasetName.allCases)
  func complete(name: DatasetName) {
    let facts = name.facts
    #expect(facts.name == name)
    #expect(!facts.title.isEmpty && facts.image.valueCount > 0)
    #expect(Set(facts.classNames).count == facts.classNames.count && facts.classNames.count >= 2)
    #expect(!facts.attribution.makers.isEmpty && !facts.attribution.makers.hasSuffix("."))
    if case .stated(let licence) = facts.attribution.licence {
      #expect(licence.lowercased().contains("licence"))
    }
    #expect(facts.attribution.statement.hasSuffix("."))
    #expect(facts.tasks.allSatisfy { $0.datasets.contains(name) } && !facts.tasks.isEmpty)
    guard let files = facts.files else {
      #expect(facts.attribution.licence == .ofThisProgram)
      return
    }
    #expect(facts.attribution.licence != .ofThisProgram)
    // What is fetched is found again.
    #expect(files.folders.contains(files.fetchFolder) && !files.fetchFolder.isEmpty)
    #expect(!files.official.isEmpty)
    for file in files.official {
      #expect(file.sha256.wholeMatch(of: /[0-9a-f]{64}/) != nil, "\(file.name)")
      // An archive has no contents of its own to be recognised by; every other file has.
      #expect((file.contentSHA256 == nil) == files.isArchived, "\(file.name)")
      #expect(!file.addresses.isEmpty && file.addresses.allSatisfy { $0.hasSuffix("/" + file.name) })
    }
  }

  @Test("no two data sets share a title, a digest or a folder to fetch into")
  func distinct() {
    let all = DatasetName.allCases.map(\.facts)
    #expect(Set(all.map(\.title)).count == all.count)
    let digests = all.compactMap(\.files).flatMap(\.official).flatMap { [$0.sha256, $0.contentSHA256] }
    #expect(Set(digests.compactMap(\.self)).count == digests.compactMap(\.self).count)
    let folders = all.compactMap(\.files?.fetchFolder)
    #expect(Set(folders).count == folders.count)
  }

  @Test(
    "every task is defined for a data set, and tells two of its classes apart", arguments: BinaryTask.allCases
  )
  func tasks(task: BinaryTask) {
    #expect(!task.datasets.isEmpty)
    for name in task.datasets {
      let classes = name.facts.classNames.indices.map(UInt8.init).filter(task.contains)
      #expect(Set(classes.map(task.label)) == [0, 1], "\(name)")
    }
  }

  @Test("a stand-in has the shape, the classes and the tasks of what it stands in for")
  func standIns() throws {
    for facts in DatasetName.allCases.map(\.facts) {
      guard let original = facts.standsInFor?.facts else { continue }
      #expect(facts.image == original.image && facts.classNames == original.classNames)
      #expect(facts.tasks == original.tasks && original.standsInFor == nil)
    }
    #expect(DatasetName.allCases.filter { $0.facts.standsInFor != nil } == [.drawnShapes])
  }

  @Test("a report's sentences name makers and licence")
  func statements() {
    #expect(
      DatasetName.fashionMNIST.facts.attribution.statement
        == "Fashion-MNIST, by H. Xiao, K. Rasul and R. Vollgraf (2017); MIT licence.")
    #expect(DatasetName.cifar10.facts.attribution.statement == "CIFAR-10, by A. Krizhevsky (2009).")
    let mnist = DatasetName.mnist.facts.attribution.statement
    #expect(mnist.contains("derived from sets of NIST; licence CC BY-SA 3.0. The images built into plateau"))
    #expect(mnist.hasSuffix("under the same licence."))
  }

  @Test("every data set and every task that a spec in figures/ names has a description")
  func figures() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "figures")
    var found: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "yml" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /name: *([\w-]+)(?:,| *(?:#[^\n]*)?\n) *task: *([\w-]+)/) {
        let name = try #require(DatasetName(rawValue: String(match.1)), "\(match.1) in \(file)")
        let task = try #require(BinaryTask(rawValue: String(match.2)), "\(match.2) in \(file)")
        #expect(name.facts.tasks.contains(task), "\(match.0) in \(file)")
        found.insert(name.rawValue)
      }
    }
    #expect(found.isSuperset(of: ["mnist", "cifar10"]), "\(found)")
  }
}
