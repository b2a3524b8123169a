import Planning

/// Tasks of one class that a cluster's engine knows as an array: each task is some items, executed one after
/// another.
package struct WorkArray: Equatable, Sendable {
  /// What can be done at the same time.
  package enum Stage: String, CaseIterable, Sendable {
    /// Parts of samples and kernels, and runs that need neither: at once.
    case parts, runs
    /// Samples and kernels: after their parts.
    case assembly
    /// Runs that need them.
    case dependents

    init(_ item: WorkItem) {
      self =
        switch item.kind {
        case .samplePart, .kernelPart: .parts
        case .sample, .kernel: .assembly
        case .run: item.needs == nil ? .runs : .dependents
        }
    }
  }
  /// Unique in its submission, such as "core-runs-0".
  package let name: String
  package let stage: Stage
  package let resources: ResourceClass
  package let tasks: [[WorkItem]]

  /// An array from its parts.
  package init(name: String, stage: Stage, resources: ResourceClass, tasks: [[WorkItem]]) {
    self.name = name
    self.stage = stage
    self.resources = resources
    self.tasks = tasks
  }

  /// The samples and kernels whose parts these items are, or that they need: what makes any of them comes first.
  private var sources: (parts: Set<ContentKey>, wholes: Set<ContentKey>) {
    switch stage {
    case .parts, .runs: ([], [])
    case .assembly: (Set(tasks.joined().map(\.key)), [])
    case .dependents: ([], Set(tasks.joined().compactMap(\.needs)))
    }
  }

  /// Those of `arrays` that must be over before this one begins.
  package func after(_ arrays: [WorkArray]) -> [WorkArray] {
    let sources = sources
    return arrays.filter { array in
      switch array.stage {
      case .parts: array.tasks.joined().contains { sources.parts.contains($0.key) }
      case .assembly: array.tasks.joined().contains { sources.wholes.contains($0.key) }
      case .runs, .dependents: false
      }
    }
  }

  /// Megabytes that a task needs: its items follow one another.
  package var megabytes: Int { tasks.joined().map(\.megabytes).max() ?? 0 }

  /// Expected seconds of all tasks together.
  package var seconds: Double { tasks.joined().reduce(0) { $0 + $1.seconds } }

  /// Items as arrays: of each stage and class, in the order of the items, packed into tasks of at least
  /// `taskSeconds`, so that a task's start does not count; arrays of at most `largest` tasks.
  package static func packing(
    _ items: [WorkItem], taskSeconds: Double, largest: Int
  ) -> [WorkArray] {
    Stage.allCases.flatMap { stage in
      ResourceClass.allCases.flatMap { resources -> [WorkArray] in
        let tasks = tasks(
          items.filter { Stage($0) == stage && $0.resources == resources }, seconds: taskSeconds)
        return stride(from: 0, to: tasks.count, by: largest).map { first in
          WorkArray(
            name: "\(resources.rawValue)-\(stage.rawValue)-\(first / largest)", stage: stage,
            resources: resources,
            tasks: Array(tasks[first..<min(first + largest, tasks.count)]))
        }
      }
    }
  }

  /// Neighbours stay together: they share images and kernels.
  private static func tasks(_ items: [WorkItem], seconds: Double) -> [[WorkItem]] {
    var tasks: [[WorkItem]] = []
    var (task, taken) = ([WorkItem](), 0.0)
    for item in items {
      task.append(item)
      taken += item.seconds
      if taken >= seconds {
        tasks.append(task)
        (task, taken) = ([], 0)
      }
    }
    // What is left over is too short for a task of its own, unless there is no other.
    if tasks.isEmpty { return task.isEmpty ? [] : [task] }
    tasks[tasks.count - 1] += task
    return tasks
  }

  /// How many tasks of each array may run at once, so that of all together at most `atMost` do: shares by their
  /// numbers of tasks, one at least; nil for as many as there is room for.
  package static func limits(_ tasks: [Int], atMost: Int?) -> [Int?] {
    guard let atMost else { return tasks.map { _ in nil } }
    // No more than `atMost` arrays are under way at once.
    let sharing = min(tasks.count, atMost)
    let all = max(tasks.reduce(0, +), 1)
    let spare = atMost - sharing
    return tasks.map { min($0, 1 + spare * $0 / all) }
  }
}
