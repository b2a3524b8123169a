import SpecReading
import Specifications
import TestSupport
import Testing

@Suite("The precision of a training in specs")
struct PrecisionSpecTests {
  /// The sample specs with a group of ResNet-50, and more keys in its optimiser.
  private func library(_ keys: String = "", network: String = "resnet50") throws(SpecError) -> SpecLibrary {
    var text = SampleSpecs.figure3.replacing("batch: 32\n", with: "batch: 32\n\(keys)")
    if network == "resnet50" {
      text =
        text.replacing("{kind: fcn, hidden: [8, 4],", with: "{kind: resnet50,")
        .replacing("name: mnist, task: digits-0-4-vs-5-9", with: "name: cifar10, task: automobile-vs-cat")
        .replacing("kernel: nngp", with: "kernel: monte-carlo, initialisationsPerPoint: 1")
    }
    return try SpecLibrary(texts: SampleSpecs.texts.merging(["fig3.yml": text]) { $1 }, folder: "specs")
  }

  private func figure(_ library: SpecLibrary, _ id: String = "3") throws -> FigureSpec {
    try #require(library.figures(profile: .paper).first { $0.id == id })
  }

  @Test("a group of ResNet-50 has the one that it names, and Float32 where it names none")
  func values() throws {
    #expect(try figure(library()).runs["small"]?.optimiser.precision == .float32)
    for precision in OptimiserSpec.Precision.allCases {
      let library = try self.library("      precision: \(precision.rawValue)   # [O]\n")
      let figure = try self.figure(library)
      #expect(figure.runs["small"]?.optimiser.precision == precision)
      #expect(figure.precisionLocations["small"]?.description == "specs/fig3.yml:12:18")
      // The report shows it as any other setting.
      let setting = figure.settings.first { $0.path == "small.optimiser.precision" }
      #expect(setting?.value == .text(precision.rawValue) && setting?.sources == ["O"])
      // A group that is made from this one has it too.
      let other = try self.figure(library, "S5")
      #expect(other.runs["one"]?.optimiser.precision == precision)
      #expect(other.precisionLocations["one"]?.file == "specs/fig3.yml")
    }
  }

  @Test("Float32 that is written out leaves every run what it is without the key; another changes each")
  func trainings() throws {
    func trainings(_ keys: String) throws -> [TrainingSpec] {
      try #require(try figure(library(keys)).runs["small"]).trainings(seed: 1)
    }
    let plain = try trainings("")
    #expect(try trainings("      precision: float32\n") == plain)
    #expect(try Set(trainings("      precision: tf32\n")).isDisjoint(with: plain))
  }

  @Test("a fully connected group that names one, and an unknown one, are refused with place and remedy")
  func mistakes() throws {
    for (precision, network, words) in [
      (
        "tf32", "fcn",
        "'precision' is tf32, and must be none for a fully connected network, which is trained in float32; remove the key"
      ),
      ("float32", "fcn", "remove the key"),
      ("tf23", "resnet50", "unknown precision 'tf23'; did you mean 'tf32'? Known: float32, tf32, bf16"),
    ] {
      let error = #expect(throws: SpecError.self) {
        try library("      precision: \(precision)\n", network: network)
      }
      let message = error.map(\.description) ?? ""
      #expect(message.hasPrefix("specs/fig3.yml:12:18: ") && message.contains(words), "\(message)")
    }
  }

  @Test("a profile cannot change it")
  func profile() {
    let error = #expect(throws: SpecError.self) {
      try SampleSpecs.library(
        replacing: "      attack: {sizes: [0, 4], samplesPerSize: 2}",
        with: "      optimiser: {precision: bf16}")
    }
    #expect(error?.description.contains("changes 'optimiser', which is part of the method") == true)
  }
}
