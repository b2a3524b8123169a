import DatasetDescriptions
import Specifications

/// Reads the block `dataset` of a run group.
enum DatasetReader {
  /// The data set with its sizes, and what takes its place where it is missing.
  static func dataset(
    _ group: SpecMapping
  ) throws(SpecError) -> (dataset: DatasetSpec, substitute: DatasetSubstitute?) {
    let dataset = try group.mapping(
      "dataset",
      known: ["name", "task", "substitute", "train", "attackPool", "test", "normalisation"])
    let (name, task) = try images(dataset)
    return (
      DatasetSpec(
        name: name, task: task,
        train: try dataset.integer("train", atLeast: 1),
        attackPool: try dataset.integer("attackPool", atLeast: 0),
        test: try dataset.integer("test", atLeast: 1), normalisation: try normalisation(dataset)),
      try substitute(dataset, for: name)
    )
  }

  private static func substitute(
    _ dataset: SpecMapping, for wanted: DatasetName
  ) throws(SpecError) -> DatasetSubstitute? {
    guard dataset.optional("substitute") != nil else { return nil }
    let substitute = try dataset.mapping("substitute", known: ["name", "task"])
    let (name, task) = try images(substitute)
    guard name.facts.image == wanted.facts.image else {
      throw .outOfRange(
        key: "name", value: name.rawValue, allowed: "images of \(wanted.facts.image), as \(wanted.title) has",
        at: try substitute.required("name").location)
    }
    return DatasetSubstitute(name: name, task: task)
  }

  /// The data set that is named, and one of its tasks.
  private static func images(_ block: SpecMapping) throws(SpecError) -> (DatasetName, BinaryTask) {
    let name: DatasetName = try block.choice("name", what: "data set")
    let task = try block.required("task").readName(
      for: "task", what: "task on \(name.title)", among: name.facts.tasks.map { ($0.rawValue, $0) })
    return (name, task)
  }

  private static func normalisation(_ dataset: SpecMapping) throws(SpecError) -> NormalisationSpec? {
    guard dataset.optional("normalisation") != nil else { return nil }
    let block = try dataset.mapping("normalisation", known: ["mean", "standardDeviation"])
    let mean = try numbers("mean", .any, of: block)
    let deviation = try numbers("standardDeviation", .positive, of: block)
    guard mean.count == deviation.count else {
      throw .wrongType(
        key: "standardDeviation", expected: "a list of \(mean.count), as many as 'mean' has",
        found: "one of \(deviation.count)", at: try block.required("standardDeviation").location)
    }
    return NormalisationSpec(mean: mean, standardDeviation: deviation)
  }

  private static func numbers(
    _ key: String, _ bound: NumberBound, of block: SpecMapping
  ) throws(SpecError) -> [Double] {
    var numbers: [Double] = []
    for item in try block.list(key) { numbers.append(try item.readNumber(for: key, bound)) }
    guard !numbers.isEmpty else {
      throw .wrongType(
        key: key, expected: "a list of one number for each channel", found: "empty",
        at: try block.required(key).location)
    }
    return numbers
  }
}
