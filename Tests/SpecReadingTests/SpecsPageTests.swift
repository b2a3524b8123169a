import Foundation
import SpecReading
import Specifications
import TestSupport
import Testing

/// `Documentation/Specs.md`, held against the readers: each is given a word that it cannot know, and lists
/// what it does know.
@Suite("The page of specs")
struct SpecsPageTests {
  private let page: String
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    page = try String(contentsOf: Self.root.appendingPathComponent("Documentation/Specs.md"), encoding: .utf8)
  }

  /// The cells of all tables under `heading` whose first column is called `column`, header apart.
  private func rows(_ heading: String, column: String = "key") -> [[String]] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let section = lines.drop { !$0.hasPrefix("#") || $0.trimmingPrefix { "# ".contains($0) } != heading }
      .dropFirst()
      .prefix { !$0.hasPrefix("#") }
    var rows: [[String]] = []
    for table in section.split(whereSeparator: { !$0.hasPrefix("|") }) {
      let cells = table.map { row in row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      if cells.first?.first == column { rows += cells.dropFirst(2) }
    }
    return rows
  }

  /// What stands in backticks in a cell.
  private func names(_ cell: String) -> [String] { cell.matches(of: /`([^`]+)`/).map { String($0.1) } }

  /// The first column of those tables, name by name.
  private func listed(_ heading: String, column: String = "key") -> [String] {
    rows(heading, column: column).flatMap { names($0[0]) }
  }

  /// What the reader knows where it finds `nonsense`, after the replacements in the sample specs.
  private func known(
    _ what: String = "key", _ file: String = "fig3.yml", _ replacements: (String, String)...
  ) throws -> [String] {
    var texts = SampleSpecs.texts
    for (old, new) in replacements {
      #expect(texts[file]?.contains(old) == true, "nothing to replace: \(old)")
      texts[file] = texts[file]?.replacing(old, with: new)
    }
    let error = #expect(throws: SpecError.self) { try SpecLibrary(texts: texts, folder: "specs") }
    guard case .unknown(what, "nonsense", let known, _) = error else {
      Issue.record("expected an unknown \(what), got \(error.map(\.description) ?? "no mistake")")
      return []
    }
    return known
  }

  private let stop = "stop: {at: zero-error-on-train, epochs: 100}"
  private let network = "network: {kind: fcn, hidden: [8, 4], biasStandardDeviation: 1}"

  @Test("it names the keys of a figure's file and of every block, all and no others")
  func keys() throws {
    func check(_ heading: String, _ known: [String]) {
      #expect(listed(heading).sorted() == known.sorted(), "\(heading)")
    }
    check("A figure's file", try known("key", "fig3.yml", ("title: A title", "nonsense: 1\ntitle: A title")))
    check("A run group", try known("key", "fig3.yml", (stop, "\(stop)\n    nonsense: 1")))
    check("dataset", try known("key", "fig3.yml", ("test: 20}", "test: 20, nonsense: 1}")))
    check(
      "attack",
      try known("key", "fig3.yml", ("samplesPerSize: 5  ", "nonsense: 1\n      samplesPerSize: 5  ")))
    check(
      "sample",
      try known(
        "key", "figS5.yml",
        (
          "runs:\n  one:\n    from: {figure: \"3\", runs: small}\n    attack: {sizes: [0], samplesPerSize: 1}\n",
          "runs:\n  one:\n    sample: {nonsense: 1}\n"
        )))
    check("network", try known("key", "fig3.yml", ("hidden: [8, 4],", "hidden: [8, 4], nonsense: 1,")))
    #expect(
      try known("key", "fig3.yml", (network, "network: {kind: resnet50, nonsense: 1}")).sorted()
        == listed("network").filter { $0 != "hidden" }.sorted())
    check("stop", try known("key", "fig3.yml", (stop, "stop: {at: zero-error-on-train, nonsense: 1}")))
    check(
      "augmentation",
      try known(
        "key", "fig3.yml", ("name: mnist, task: digits-0-4-vs-5-9", "name: cifar10, task: automobile-vs-cat"),
        (network, "network: {kind: resnet50, biasStandardDeviation: 1}"),
        ("kernel: nngp", "kernel: monte-carlo"), (stop, "\(stop)\n    augmentation: {nonsense: 1}")))
    check("prior", try known("key", "fig3.yml", ("kernel: nngp", "kernel: monte-carlo, nonsense: 1")))
    #expect(
      try known("key", "fig3.yml", ("kernel: nngp", "kernel: nngp, nonsense: 1")).sorted()
        == listed("prior").filter { $0 != "initialisationsPerPoint" }.sorted())
    check("ascent", try known("key", "fig3.yml", (stop, "\(stop)\n    ascent: {nonsense: 1}")))
    check("timeline", try known("key", "fig3.yml", (stop, "\(stop)\n    timeline: {nonsense: 1}")))
    check("comparison", try known("key", "fig3.yml", ("profiles:", "comparison: {nonsense: 1}\nprofiles:")))
    check("layout", try known("key", "fig3.yml", ("profiles:", "layout: {nonsense: 1}\nprofiles:")))
    check("table1.yml", try known("key", "table1.yml", ("{box: 1e-5", "{nonsense: 1, box: 1e-5")))
    check("claims.yml", try known("key", "claims.yml", ("strict: false", "strict: false\n    nonsense: 1")))
  }

  @Test("it names the keys of an entry of accepted differences")
  func acceptedKeys() throws {
    let text = "figure: \"3\"\naccepted:\n- {nonsense: 1}\n"
    let error = #expect(throws: SpecError.self) {
      try AcceptedReader.figure(text: text, file: "accepted/fig3.yml")
    }
    guard case .unknown("key", "nonsense", let known, _) = error else {
      Issue.record("expected an unknown key, got \(error.map(\.description) ?? "no mistake")")
      return
    }
    #expect(listed("Accepted differences").sorted() == known.sorted())
  }

  @Test("it names the keys of the mappings inside blocks")
  func innerKeys() throws {
    func check(_ heading: String, _ key: String, _ known: [String]) throws {
      let cell = try #require(rows(heading).first { names($0[0]).contains(key) })[1]
      let mapping = try #require(names(cell).first { $0.hasPrefix("{") })
      #expect(
        mapping.dropFirst().dropLast().split(separator: ", ").map(String.init).sorted() == known.sorted(),
        "\(heading).\(key)")
    }
    try check(
      "A run group", "from",
      try known("key", "figS5.yml", ("from: {figure: \"3\", runs", "from: {nonsense: 1, runs")))
    try check(
      "dataset", "substitute",
      try known("key", "fig3.yml", ("test: 20}", "test: 20, substitute: {nonsense: 1}}")))
    try check(
      "dataset", "normalisation",
      try known("key", "fig3.yml", ("test: 20}", "test: 20, normalisation: {nonsense: 1}}")))
    try check("attack", "sizes", try known("key", "fig3.yml", ("by: 10}", "by: 10, nonsense: 1}")))
    try check(
      "timeline", "rescaling",
      try known(
        "key", "fig3.yml",
        (stop, "\(stop)\n    timeline: {epochsPast: 5, rescaling: {nonsense: 1}}")))
  }

  @Test("it names every optimiser with its hyperparameters, and the bound of each")
  func optimisers() throws {
    let kind = "kind: sgd               # [P]"
    let kinds = try known("optimiser", "fig3.yml", (kind, "kind: nonsense"))
    let rows = rows("optimiser", column: "kind")
    #expect(Set(rows.flatMap { names($0[0]) } + ["sgd"]) == Set(kinds))
    for name in kinds {
      let known = try known("key", "fig3.yml", (kind, "kind: \(name)\n      nonsense: 1"))
      let own = rows.filter { names($0[0]) == [name] }.flatMap { names($0[1]) }
      #expect((listed("optimiser") + own).sorted() == known.sorted(), "\(name)")
    }
    for row in rows {
      let hyperparameter = try #require(Hyperparameter(rawValue: names(row[1])[0]))
      #expect(row[2] == hyperparameter.bound.rawValue, "\(hyperparameter)")
    }
  }

  @Test("it names every measurement")
  func measurements() throws {
    let known = try known("measurement", "fig3.yml", ("[generalization,", "[nonsense,"))
    let rowNames = try SampleSpecs.library().tableOne.map(\.settings.row)
    let written = known.map { name in
      let end = name.split(separator: "/").last.map(String.init) ?? ""
      return rowNames.contains(end)
        ? name.replacing(end, with: "<row>") : name.replacing(/\/[0-9]+$/, with: "/<top>")
    }
    #expect(listed("measure", column: "name").sorted() == Set(written).sorted())
  }

  @Test("it names every kind of panel with its keys, and every quantity")
  func panels() throws {
    let panel = "{id: b, kind: unavailable, title: B, reason: not yet}"
    let kinds = try known("kind of panel", "fig3.yml", (panel, "{id: b, kind: nonsense}"))
    let rows = rows("Panels", column: "kind")
    #expect(rows.flatMap { names($0[0]) }.sorted() == kinds.sorted())
    for row in rows {
      let known = try known("key", "fig3.yml", (panel, "{kind: \(names(row[0])[0]), nonsense: 1}"))
      let common = ["id", "kind", "title", "runs", "paper"]
      #expect((names(row[2]) + common).sorted() == known.sorted(), "\(row[0])")
    }
    let quantities = try known("quantity", "fig3.yml", ("x: log10-prior", "x: nonsense"))
    #expect(listed("Panels", column: "quantity").sorted() == quantities.sorted())
  }

  @Test("it names the sizes that a profile may change")
  func profiles() throws {
    let override = "dataset: {train: 6, attackPool: 4}"
    let rows = rows("profiles", column: "block")
    #expect(
      try known("key", "fig3.yml", (override, "nonsense: {train: 6}")).sorted()
        == rows.flatMap { names($0[0]) }.sorted())
    for row in rows {
      let block = names(row[0])[0]
      let known = try known(
        "key", "fig3.yml", ("      \(override)\n      attack: {sizes: [0, 4], samplesPerSize: 2}", ""),
        ("smoke:\n    small:\n", "smoke:\n    small:\n      \(block): {nonsense: 1}\n"))
      #expect(names(row[1]).sorted() == known.sorted(), "\(block)")
    }
  }

  @Test("it names every statistic of a claim")
  func statistics() throws {
    let known = try known("statistic", "claims.yml", ("statistic: pearson", "statistic: nonsense"))
    #expect(listed("claims.yml", column: "statistic").sorted() == known.sorted())
  }

  @Test("its example is a figure that can be read for every profile")
  func example() throws {
    let example = try #require(page.firstMatch(of: /```yaml\n((?:.*\n)*?)```/)).1
    let folder = Self.root.appendingPathComponent("figures").path
    var texts = try SpecLibrary(folder: folder).sources
    texts["figexample.yml"] = String(example)
    let figures = try SpecLibrary(texts: texts, folder: folder).figures(profile: .quick)
    let figure = try #require(figures.first { $0.id == "3w" })
    #expect(figure.runs["wide"]?.network.hidden == [80, 80])
  }
}
