import Planning

/// The frozen work of a submission as text: a line for each item, with its array and task, in columns that are
/// separated by tabulators.
package struct WorkList: Equatable, Sendable {
  /// Why a text is not a list.
  package struct Damage: Error, Equatable, CustomStringConvertible {
    let line: Int
    let reason: String

    package var description: String { "line \(line): \(reason)" }
  }
  package let arrays: [WorkArray]

  /// A list of arrays.
  package init(_ arrays: [WorkArray]) { self.arrays = arrays }

  private static let columns = [
    "array", "task", "kind", "key", "position", "first", "count", "needs", "class", "seconds", "megabytes",
    "measurements", "label",
  ]
  private static let none = "-"

  // MARK: Writing

  /// The list as text.
  package var text: String {
    var lines = [Self.columns.joined(separator: "\t")]
    for array in arrays {
      for (task, items) in array.tasks.enumerated() {
        lines += items.map { ([array.name, "\(task)"] + Self.fields($0)).joined(separator: "\t") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fields(_ item: WorkItem) -> [String] {
    [
      item.kind.rawValue, item.key.description, "\(item.position)",
      item.part.map { "\($0.lowerBound)" } ?? none, item.part.map { "\($0.count)" } ?? none,
      item.needs?.description ?? none, item.resources.rawValue, "\((10 * item.seconds).rounded() / 10)",
      "\(item.megabytes)", item.measurements.isEmpty ? none : item.measurements.joined(separator: " "),
      item.label,
    ]
  }

  // MARK: Reading

  /// Reads a list.
  package init(_ text: String) throws(Damage) {
    var names: [String] = []
    var tasks: [[[WorkItem]]] = []
    for row in try Self.rows(text, wanted: { _, _ in true }) {
      if names.last != row.array {
        names.append(row.array)
        tasks.append([])
      }
      let last = tasks.count - 1
      if row.task == tasks[last].count { tasks[last].append([]) }
      guard row.task == tasks[last].count - 1 else {
        throw Damage(line: row.line, reason: "task \(row.task) does not follow the one before")
      }
      tasks[last][row.task].append(row.item)
    }
    arrays = zip(names, tasks).map { name, tasks in
      WorkArray(
        name: name, stage: WorkArray.Stage(tasks[0][0]), resources: tasks[0][0].resources, tasks: tasks)
    }
  }

  /// The items of one task in the text of a list, whose other lines are passed over; none where there is no
  /// such task.
  package static func items(ofTask task: Int, of array: String, in text: String) throws(Damage) -> [WorkItem]
  {
    try rows(text) { $0.elementsEqual(array.utf8) && $1.elementsEqual("\(task)".utf8) }.map(\.item)
  }

  private static func rows(
    _ text: String, wanted: (_ array: Substring.UTF8View, _ task: Substring.UTF8View) -> Bool
  ) throws(Damage) -> [(line: Int, array: String, task: Int, item: WorkItem)] {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    guard let header = lines.first, header.elementsEqual(columns.joined(separator: "\t").utf8) else {
      throw Damage(line: 1, reason: "it does not hold the columns of a list of work")
    }
    guard text.utf8.last == UInt8(ascii: "\n") else {
      throw Damage(line: lines.count, reason: "it is cut short")
    }
    var rows: [(line: Int, array: String, task: Int, item: WorkItem)] = []
    for (index, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      guard fields.count == columns.count else {
        throw Damage(line: index + 1, reason: "expected \(columns.count) columns, got \(fields.count)")
      }
      guard wanted(fields[0], fields[1]) else { continue }
      let texts = fields.map { String(Substring($0)) }
      guard let task = Int(texts[1]), let item = item(Array(texts.dropFirst(2))) else {
        throw Damage(line: index + 1, reason: "a column does not hold what its name says")
      }
      rows.append((index + 1, texts[0], task, item))
    }
    return rows
  }

  /// The item of the fields that ``fields(_:)`` made.
  private static func item(_ fields: [String]) -> WorkItem? {
    guard let kind = WorkItem.Kind(rawValue: fields[0]), let key = ContentKey(fields[1]),
      let position = Int(fields[2]), let resources = ResourceClass(rawValue: fields[6]),
      let seconds = Double(fields[7]), let megabytes = Int(fields[8])
    else { return nil }
    var part: Range<Int>?
    if fields[3] != none {
      guard let first = Int(fields[3]), let count = Int(fields[4]), first >= 0, count > 0,
        !first.addingReportingOverflow(count).overflow
      else { return nil }
      part = first..<first + count
    }
    let needs = ContentKey(fields[5])
    guard needs != nil || fields[5] == none else { return nil }
    return WorkItem(
      kind: kind, key: key, position: position, part: part, needs: needs, resources: resources,
      seconds: seconds, megabytes: megabytes,
      measurements: fields[9] == none ? [] : fields[9].split(separator: " ").map(String.init),
      label: fields[10])
  }
}
