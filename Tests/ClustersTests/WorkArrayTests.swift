import Testing

@testable import Clusters

@Suite("Arrays of work") struct WorkArrayTests {
  private func arrays(_ items: [WorkItem], largest: Int = 1000) -> [WorkArray] {
    WorkArray.packing(items, taskSeconds: 600, largest: largest)
  }

  @Test("short runs are packed to tasks of at least the time asked for, neighbours together, each once")
  func packing() throws {
    let items = (0..<100).map { SampleWork.run($0, seconds: Double(40 + $0 % 7)) }
    let arrays = arrays(items)
    let array = try #require(arrays.first)
    #expect(arrays.count == 1 && array.name == "core-runs-0" && array.stage == .runs)
    #expect(array.tasks.allSatisfy { $0.reduce(0) { $0 + $1.seconds } >= 600 })
    #expect(array.tasks.flatMap { $0 } == items)
    // No task could be cut in two.
    #expect(array.tasks.dropLast().allSatisfy { $0.dropLast().reduce(0) { $0 + $1.seconds } < 600 })
  }

  @Test("work that is less than a task makes one task")
  func littleWork() throws {
    let array = try #require(arrays([SampleWork.run(1, seconds: 1), SampleWork.run(2, seconds: 2)]).first)
    #expect(array.tasks.map(\.count) == [2])
    #expect(arrays([]).isEmpty)
  }

  @Test("classes have arrays of their own, and a task asks for the memory of its largest item")
  func classes() {
    let arrays = arrays([
      SampleWork.run(0), SampleWork.run(1, resources: .node, megabytes: 9000),
      SampleWork.run(2, megabytes: 700),
    ])
    #expect(arrays.map(\.name) == ["core-runs-0", "node-runs-0"])
    #expect(arrays.map(\.megabytes) == [700, 9000])
  }

  @Test("work for GPUs is packed by its time, apart from the rest, and a task takes no node")
  func gpus() throws {
    let items = (0..<12).map { SampleWork.run($0, seconds: 250, resources: .gpu) }
    let arrays = arrays(items + [SampleWork.run(99), SampleWork.run(100, resources: .node)])
    #expect(arrays.map(\.name) == ["core-runs-0", "node-runs-0", "gpu-runs-0"])
    #expect(arrays[2].tasks.map(\.count) == [3, 3, 3, 3] && arrays[2].tasks.flatMap { $0 } == items)
    #expect(ResourceClass.allCases.map { $0.cores(ofNode: 64) } == [1, 64, 8])
    #expect(ResourceClass.allCases.map { $0.cores(ofNode: 4) } == [1, 4, 4])
  }

  @Test("arrays are cut at the cluster's largest size")
  func cutting() {
    let items = (0..<25).map { SampleWork.run($0, seconds: 700) }
    let arrays = arrays(items, largest: 10)
    #expect(arrays.map(\.tasks.count) == [10, 10, 5])
    #expect(arrays.map(\.name) == ["core-runs-0", "core-runs-1", "core-runs-2"])
    #expect(arrays.flatMap { $0.tasks.joined() } == items)
  }

  @Test("what needs a sample waits for it alone, and the sample for its parts alone")
  func order() throws {
    let arrays = arrays([
      SampleWork.part(1, 0..<500), SampleWork.part(1, 500..<1000), SampleWork.sample(1), SampleWork.sample(2),
      SampleWork.run(3), SampleWork.run(4, needs: SampleWork.key(1)),
    ])
    func after(_ name: String) throws -> [String] {
      try #require(arrays.first { $0.name == name }).after(arrays).map(\.name)
    }
    #expect(arrays.map(\.name) == ["core-parts-0", "core-runs-0", "core-assembly-0", "core-dependents-0"])
    #expect(try after("core-parts-0") == [])
    #expect(try after("core-runs-0") == [])
    #expect(try after("core-assembly-0") == ["core-parts-0"])
    #expect(try after("core-dependents-0") == ["core-assembly-0"])
  }

  @Test(
    "all arrays together have no more tasks at once than asked for",
    arguments: [
      ([5], 3), ([100, 10, 1], 8), ([1, 1, 1], 2), ([1000, 1000], 3), ([3, 4], 100), ([7, 7, 7], 1),
    ])
  func limits(tasks: [Int], atMost: Int) {
    let limits = WorkArray.limits(tasks, atMost: atMost)
    let known = limits.compactMap { $0 }
    #expect(known.count == tasks.count && known.allSatisfy { $0 >= 1 })
    // Only so many arrays are under way at once.
    #expect(known.prefix(atMost).reduce(0, +) <= atMost)
    #expect(WorkArray.limits(tasks, atMost: nil) == tasks.map { _ in nil })
  }
}
