import Planning
import Testing

@testable import Clusters

@Suite("List of work") struct WorkListTests {
  private let list = WorkList(
    WorkArray.packing(
      [
        SampleWork.part(9, 0..<500), SampleWork.part(9, 500..<1000), SampleWork.sample(9),
        SampleWork.run(1), SampleWork.run(2, seconds: 1234.5), SampleWork.run(3, seconds: 0.04),
        SampleWork.run(4, resources: .node, needs: SampleWork.key(9)),
      ], taskSeconds: 100, largest: 2))

  @Test("a list reads as it was written, seconds to a tenth")
  func roundTrip() throws {
    let read = try WorkList(list.text)
    #expect(read.text == list.text)
    #expect(read.arrays.map(\.name) == list.arrays.map(\.name))
    #expect(read.arrays.map(\.stage) == list.arrays.map(\.stage))
    #expect(
      read.arrays.map { $0.tasks.joined().map(\.name) } == list.arrays.map { $0.tasks.joined().map(\.name) })
    let item = try #require(read.arrays.last?.tasks.last?.last)
    #expect(item == SampleWork.run(4, resources: .node, needs: SampleWork.key(9)))
  }

  @Test("every class of resources reads as it was written", arguments: ResourceClass.allCases)
  func classes(resources: ResourceClass) throws {
    let item = SampleWork.run(1, resources: resources)
    let text = WorkList(WorkArray.packing([item], taskSeconds: 1, largest: 1)).text
    #expect(text.contains("\t\(resources.rawValue)\t60.0\t"))
    let array = try #require(WorkList(text).arrays.first)
    #expect(array.resources == resources && array.name == "\(resources.rawValue)-runs-0")
    #expect(try WorkList.items(ofTask: 0, of: array.name, in: text) == [item])
  }

  @Test("one task's items are found without the others")
  func oneTask() throws {
    for array in list.arrays {
      for (task, items) in array.tasks.enumerated() {
        #expect(
          try WorkList.items(ofTask: task, of: array.name, in: list.text).map(\.name) == items.map(\.name))
      }
    }
    #expect(try WorkList.items(ofTask: 99, of: "core-runs-0", in: list.text).isEmpty)
  }

  @Test("a line for each item, with key, class, seconds and memory in columns")
  func layout() throws {
    let lines = list.text.split(separator: "\n")
    #expect(lines.count == 8)
    let fields = lines[3].split(separator: "\t").map(String.init)
    #expect(
      fields == [
        "core-runs-0", "0", "run", SampleWork.key(1).description, "1", "-", "-", "-", "core", "60.0", "400",
        "prior/heaviside/0123456789abcdef sharpness/mnist-fcn/00ff", "fcn mnist sgd, |A| = 1, sample 0",
      ])
  }

  @Test("a spoilt list is refused with its line")
  func damage() {
    let text = list.text
    func line(_ text: String) -> Int? {
      do {
        _ = try WorkList(text)
        return nil
      } catch {
        return error.line
      }
    }
    #expect(line("") == 1)
    #expect(line(String(text.dropLast())) == 8)
    #expect(line(text.replacing("\trun\t", with: "\tfun\t", maxReplacements: 1)) == 4)
    #expect(line(text.replacing("\tcore\t", with: "\t", maxReplacements: 1)) == 2)
    #expect(line(text.replacing("core-runs-0\t0", with: "core-runs-0\t5")) == 4)
    #expect(line(text.replacing("\t500\t", with: "\t-500\t")) == 2)
  }
}
