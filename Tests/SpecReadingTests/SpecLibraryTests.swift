import Foundation
import Specifications
import TestSupport
import Testing
@testable import SpecReading

@Suite("The spec library")
struct SpecLibraryTests {
  private func group(_ figure: String, _ name: String, _ profile: Profile) throws -> RunGroup {
    let figures = try SampleSpecs.library().figures(profile: profile)
    return try #require(figures.first { $0.id == figure }?.runs[name])
  }

  private func setting(_ figure: String, _ path: String, _ profile: Profile) throws -> SettingEntry {
    let figures = try SampleSpecs.library().figures(profile: profile)
    return try #require(figures.first { $0.id == figure }?.settings.first { $0.path == path })
  }

  private let row = SharpnessSettings(
    row: "mnist-fcn", method: .sgd, box: 1e-4, batch: 32, learningRate: 1e-3, epochs: 100)

  private func prior(_ likelihood: PriorSettings.Likelihood) -> MeasurementSpec {
    .atZeroError(
      .prior(PriorSettings(kernel: .nngp, likelihood: likelihood, weightVariance: 2, biasVariance: 1)))
  }

  @Test("the paper's profile has the values that are written")
  func paper() throws {
    let expected = RunGroup(
      dataset: DatasetSpec(name: .mnist, task: .digits0to4Versus5to9, train: 50, attackPool: 40, test: 20),
      network: NetworkSpec(kind: .fcn, hidden: [8, 4], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 32, batchOrder: .shuffled),
      attackSizes: [0, 10, 20, 30, 40], samplesPerSize: 5,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 100),
      measurements: [.atZeroError(.sharpness(row, trace: false)), prior(.heaviside), prior(.probit)])
    #expect(try group("3", "small", .paper) == expected)
  }

  @Test("a profile is merged key by key, and a list takes the place of a range")
  func profiles() throws {
    let smoke = try group("3", "small", .smoke)
    #expect(smoke.dataset.train == 6 && smoke.dataset.attackPool == 4 && smoke.dataset.test == 20)
    #expect(smoke.attackSizes == [0, 4] && smoke.samplesPerSize == 2)
    let quick = try group("3", "small", .quick)
    #expect(quick.dataset.train == 50 && quick.attackSizes == [0, 20, 40] && quick.samplesPerSize == 5)
  }

  @Test("a profile leaves a group out with its panels, which it names; the paper's profile has them")
  func leftOut() throws {
    let change: (String) throws -> SpecLibrary = { sizes in
      try SampleSpecs.library(
        "figS5.yml", replacing: "panels:",
        with: """
            two:
              from: {figure: "3", runs: small}
          profiles: {smoke: {two: \(sizes)}}
          panels:
            - {id: z, kind: scatter, title: Two, runs: two, x: log10-prior, y: generalization}
          """)
    }
    let library = try change("left-out")
    let smoke = try #require(library.figures(profile: .smoke).last)
    let paper = try #require(library.figures(profile: .paper).last)
    #expect(smoke.runs.keys.sorted() == ["one"] && paper.runs.keys.sorted() == ["one", "two"])
    #expect(!smoke.panels.contains { $0.id == "z" } && paper.panels.contains { $0.id == "z" })
    #expect(smoke.leftOut.map(\.id) == ["z"] && paper.leftOut.isEmpty)
    #expect(smoke.leftOut.first?.reason == "the profile smoke leaves it out; paper has it")
    #expect(!smoke.settings.contains { $0.path.hasPrefix("two.") })
    #expect(throws: SpecError.self) { try change("left") }
    #expect {
      try SampleSpecs.library(
        "figS5.yml", replacing: "panels:", with: "profiles: {quick: {one: left-out}}\npanels:")
    } throws: { "\($0)".contains("at least one panel") }
  }

  @Test("a figure says how its panels stand")
  func layout() throws {
    func layout(_ text: String) throws -> FigureSpec.Layout? {
      try SampleSpecs.library("figS5.yml", replacing: "panels:", with: "\(text)\npanels:")
        .figures(profile: .quick).last?.layout
    }
    #expect(try layout("layout: {columns: 4, axes: shared}") == .init(columns: 4, sharesAxes: true))
    #expect(try layout("layout: {axes: own}") == .init())
    #expect(throws: SpecError.self) { try layout("layout: {columns: 7}") }
    #expect(throws: SpecError.self) { try layout("layout: {axes: alike}") }
  }

  @Test("a reference takes the other figure's runs after its profile, with its own keys on top")
  func references() throws {
    let smoke = try group("S5", "one", .smoke)
    #expect(smoke.dataset.train == 6 && smoke.network.hidden == [8, 4])
    #expect(smoke.attackSizes == [0] && smoke.samplesPerSize == 1)
    #expect(smoke.measurements == [.atZeroError(.sharpness(row, trace: true))])
  }

  @Test("a reference's own profile comes last")
  func referenceProfile() throws {
    let library = try SampleSpecs.library(
      "figS5.yml", replacing: "panels:",
      with: "profiles: {smoke: {one: {dataset: {test: 7}, attack: {sizes: [4]}}}}\npanels:")
    let smoke = try #require(library.figures(profile: .smoke).last?.runs["one"])
    #expect(smoke.dataset.test == 7 && smoke.dataset.train == 6 && smoke.attackSizes == [4])
  }

  @Test("both likelihoods are measured up to 3000 points, and only the named one beyond")
  func likelihoods() throws {
    for (train, expected) in [(2980, [prior(.heaviside), prior(.probit)]), (2981, [prior(.heaviside)])] {
      let library = try SampleSpecs.library(replacing: "train: 50", with: "train: \(train)")
      let group = try #require(library.figures(profile: .paper).first?.runs["small"])
      #expect(Array(group.measurements.dropFirst()) == expected)
    }
  }

  @Test("figures stand in the paper's order, whatever their files are called")
  func order() throws {
    var texts = SampleSpecs.texts
    for id in ["S10", "S2", "10", "bound", "2"] {
      texts["fig\(id).yml"] =
        "figure: \"\(id)\"\ntitle: T\ncaption: C\nschematic: basins\n"
    }
    let library = try SpecLibrary(texts: texts, folder: "specs")
    #expect(library.figures(profile: .quick).map(\.id) == ["2", "3", "10", "S2", "S5", "S10", "bound"])
  }

  @Test(
    "a setting knows its value and the sources beside it",
    arguments: [
      ("small.dataset.train", .number(50), ["P"]),  // from the comment behind its flow mapping
      ("small.optimiser.kind", .text("sgd"), ["P"]),  // its own, not its parent's
      ("small.optimiser.batch", .number(32), ["R"]),  // its parent's
      ("small.attack.sizes", .progression(from: 0, through: 40, by: 10), ["P", "C"]),
      ("small.network.hidden", .list([.number(8), .number(4)]), []),
    ] as [(String, SettingValue, [String])])
  func settings(path: String, value: SettingValue, sources: [String]) throws {
    #expect(try setting("3", path, .paper) == SettingEntry(path: path, value: value, sources: sources))
  }

  @Test("settings come in file order, then the rows of Table 1 that are measured by")
  func settingOrder() throws {
    let figure = try #require(try SampleSpecs.library().figures(profile: .smoke).first)
    let paths = figure.settings.map(\.path)
    #expect(paths.prefix(2) == ["small.dataset.name", "small.dataset.task"])
    #expect(
      paths.suffix(5)
        == ["small.measure"]
        + ["box", "batch", "learningRate", "epochs"].map { "small.sharpness/mnist-fcn.\($0)" })
    let row = try #require(try SampleSpecs.library().tableOne.first)
    let box = try setting("3", "small.sharpness/mnist-fcn.box", .smoke)
    #expect(box.value == .number(row.settings.box) && box.sources == row.sources["box"])
    #expect(Set(paths).count == paths.count)
  }

  @Test("a changed setting is our own choice unless tagged, and keeps the paper's value")
  func changedSettings() throws {
    #expect(
      try setting("3", "small.attack.sizes", .smoke)
        == SettingEntry(
          path: "small.attack.sizes", value: .list([.number(0), .number(4)]), sources: ["O"],
          paperValue: .progression(from: 0, through: 40, by: 10)))
    #expect(
      try setting("3", "small.dataset.test", .smoke)
        == SettingEntry(path: "small.dataset.test", value: .number(20), sources: ["P"]))
    #expect(
      try setting("S5", "one.dataset.train", .smoke)
        == SettingEntry(path: "one.dataset.train", value: .number(6), sources: ["O"], paperValue: .number(50))
    )
    #expect(
      try setting("S5", "one.attack.sizes", .paper)
        == SettingEntry(path: "one.attack.sizes", value: .list([.number(0)]), sources: ["O"]))
  }

  @Test(
    "a value that is typed another way is no other value: not our own choice, and none of the paper's beside it"
  )
  func respeltSettings() throws {
    let figures = try SampleSpecs.library(
      replacing: "dataset: {train: 6, attackPool: 4}",
      with: "dataset: {train: 0050, test: +20}\n      ascent: {epochs: 100}"
    ).figures(profile: .smoke)
    let settings = try #require(figures.first).settings
    func entry(_ path: String) throws -> SettingEntry {
      try #require(settings.first { $0.path == path })
    }
    #expect(
      try entry("small.dataset.train")
        == SettingEntry(path: "small.dataset.train", value: .number(50), sources: ["P"]))
    #expect(
      try entry("small.dataset.test")
        == SettingEntry(path: "small.dataset.test", value: .number(20), sources: ["P"]))
    let row = try #require(try SampleSpecs.library().tableOne.first)
    #expect(
      try entry("small.sharpness/mnist-fcn.epochs")
        == SettingEntry(
          path: "small.sharpness/mnist-fcn.epochs", value: .number(100), sources: row.sources["epochs"] ?? [])
    )
  }

  @Test("a group that measures no prior lists no settings of one")
  func settingsWithoutPrior() throws {
    func paths(_ figure: String) throws -> [String] {
      let figures = try SampleSpecs.library().figures(profile: .quick)
      return try #require(figures.first { $0.id == figure }).settings.map(\.path)
    }
    #expect(try paths("3").contains("small.prior.kernel"))
    #expect(try paths("S5").contains("one.network.hidden"))
    #expect(try !paths("S5").contains { $0.hasPrefix("one.prior") })
  }

  @Test("Table 1 keeps its order and the source of every value")
  func tableOne() throws {
    let rows = try SampleSpecs.library().tableOne
    #expect(rows.map(\.settings.row) == ["mnist-fcn", "boolean-fcn"])
    #expect(rows.first?.settings == row)
    #expect(rows.first?.sources == ["box": ["P"], "batch": ["C"], "learningRate": ["P", "C"]])
    #expect(rows.last?.sources["epochs"] == ["O"])
    #expect(rows.map(\.inputs) == [.images(.mnist), .booleanCube])
    #expect(rows.map(\.network) == [.fcn, .fcn])
  }

  @Test("claims are read as written")
  func claims() throws {
    let expected = ClaimSpec(
      name: "tight", statement: "It is tight.", statistic: .pearson, threshold: 0.9, strict: false,
      rule: "holds when it is")
    #expect(try SampleSpecs.library().claims == [expected])
  }

  @Test(
    "what the paper says of a claim and finds in a panel is read as written, and left out where it is not")
  func paperWords() throws {
    let plain = try SampleSpecs.library()
    #expect(plain.claims[0].paper == nil)
    #expect(plain.figures(profile: .paper)[0].panels.map(\.paper) == [nil, nil])
    var texts = SampleSpecs.texts
    texts["claims.yml"]?.replace("It is tight.", with: "It is tight.\n    paper: So it says (Section 1).")
    texts["fig3.yml"]?.replace("claim: tight}", with: "claim: tight, paper: very tight}")
    let library = try SpecLibrary(texts: texts, folder: "specs")
    #expect(library.claims[0].paper == "So it says (Section 1).")
    #expect(library.figures(profile: .paper)[0].panels.map(\.paper) == ["very tight", nil])
  }

  @Test("comments are found in files with Windows line ends too")
  func windowsLineEnds() throws {
    let texts = SampleSpecs.texts.mapValues { $0.replacing("\n", with: "\r\n") }
    let library = try SpecLibrary(texts: texts, folder: "specs")
    #expect(library.figures(profile: .paper) == (try SampleSpecs.library().figures(profile: .paper)))
  }
}
