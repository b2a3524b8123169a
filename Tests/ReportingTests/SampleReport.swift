import Encodings
import Figures
import Foundation
import ReportDocuments
import Specifications

@testable import Reporting

/// A small report with every kind of part: a measured figure, a drawn one, a table, notes, all four verdicts.
enum SampleReport {
  static let priorID = "fig3.a.log10-prior-heaviside.generalization.pearson"
  static let probitID = "fig3.a.log10-prior-probit.generalization.pearson"
  static let flatnessID = "fig3.d.flatness.generalization.spearman"

  static let inputs = ReportInputs(
    profile: .smoke, seed: 1, chosenFigures: "3", date: "1970-01-01T00:00:00Z",
    decisions: [DataDecision(figure: "3", group: "g", outcome: .unavailable(reason: "no images"))], runs: [],
    samples: [], specs: ["fig3.yml": "figure: \"3\"\n"])

  static var content: ReportContent {
    ReportContent(
      title: "Why flatness does and does not correlate with generalization: the figures, run again",
      subtitle: "Every number below was computed by one command from the images named here.",
      profile: ReportProfile(
        name: "quick",
        statement: "Three samples at five sizes of the attack set; the method is that of the paper."),
      plateauVersion: "0.1.0", seed: UInt64.max, command: "plateau report --profile quick --figures 3,1",
      datePublished: "2026-01-01", claims: claims,
      optimisers: OptimiserVerdicts(
        system: "FCN on MNIST, |S| = 500",
        optimisers: [
          .init(name: "SGD", prior: .held, flatness: .broke),
          .init(name: "Adam", prior: .held, flatness: .undecided),
        ]),
      sections: [measuredFigure, drawnFigure],
      tableOne: [
        SharpnessSettingsRow(
          name: "mnist-fcn", data: "MNIST", network: "FCN 784–40–40–1", box: Sourced(1e-4, ["C"]),
          batch: Sourced(32, ["C"]), learningRate: Sourced(1e-3, ["C"]), epochs: Sourced(100, ["P"]),
          figures: ["fig3"]),
        SharpnessSettingsRow(
          name: "cifar10-fcn", data: "CIFAR-10", network: "FCN 3072–40–40–1", box: Sourced(1e-5, ["R"]),
          batch: Sourced(128, ["R"]), learningRate: Sourced(5e-5, ["R"]), epochs: Sourced(100, ["P"]),
          figures: []),
      ],
      constants: [
        MeasureConstant(
          measure: "sam-sharpness", name: "radius", value: Sourced(0.05, ["O"]), figures: ["fig3"])
      ],
      datasets: [
        DatasetFact(
          name: "mnist", summary: "MNIST, 5 000 built-in images",
          source: "By Y. LeCun, C. Cortes and C. Burges; licence CC BY-SA 3.0.",
          sizes: ["|S| = 500, attack pool 500, |E| = 1000"],
          sha256: digest("mnist"), figures: ["fig3"])
      ],
      environment: Environment(blasKernels: "SkylakeX", swiftVersion: "6.3"),
      notes: [
        RunNote(
          kind: .notConverged, figure: "fig3", key: digest("run 14"), run: "|A| = 500, sample 2",
          detail: "97.8 % on S after 50 000 epochs; its point is drawn hollow and enters no statistic.")
      ],
      licence: Licence(
        name: "Apache License 2.0", identifier: "Apache-2.0",
        address: "https://www.apache.org/licenses/LICENSE-2.0",
        statement:
          "Text, pictures and tables of this report are under this licence; the data sets keep their own:"),
      bibliography: [
        Reference(
          text:
            "Keskar et al. (2016). On large-batch training for deep learning.",
          address: "https://arxiv.org/abs/1609.04836"),
        Reference(text: "Rasmussen & Williams (2006). Gaussian Processes for Machine Learning. MIT Press."),
      ], inputs: inputs)
  }

  static let volatile = VolatileFacts(
    host: "a-host", started: "2026-01-02T03:04:05Z", finished: "2026-01-02T03:05:05Z", durationInSeconds: 60,
    secondsByFigure: ["fig3": 12.5],
    cost: RunCost(
      processorSeconds: 20, peakMemoryBytes: 1 << 20, energy: .notMeasured(reason: "no counters"),
      processorSecondsByFigure: ["fig3": 12.25], runsWithoutProcessorTime: [:]),
    versions: [NamedValue(name: "kernel", value: "6.1")], paths: [NamedValue(name: "store", value: "store")])

  static func digest(_ text: String) -> String { SHA256.hex(of: Array(text.utf8)) }

  static let claims = [
    ClaimVerdict(
      name: "prior-is-tight",
      statement: "The prior of the function found is tightly correlated with its generalization.",
      paperSays: "It is so under every optimiser (Section 5.2).", paperResult: "very tight (Section 5.2)",
      rule:
        "holds when the lower end of the 95 % interval of Pearson r is at least 0.9; does not hold when its "
        + "upper end is below 0.9",
      figure: "fig3", panel: "a", condition: "step likelihood", statistics: [priorID], threshold: 0.9,
      verdict: .holds),
    ClaimVerdict(
      name: "prior-is-tight",
      statement: "The prior of the function found is tightly correlated with its generalization.",
      paperSays: "It is so under every optimiser (Section 5.2).", rule: "the same", figure: "fig3",
      panel: "a", condition: "probit likelihood", statistics: [probitID],
      threshold: 0.9, verdict: .undecided),
    ClaimVerdict(
      name: "flatness-correlates",
      statement: "Under plain SGD, flatness correlates with generalization.",
      rule:
        "holds when the lower end of the 95 % interval of Spearman ρ is above 0.5; does not hold when its "
        + "upper end is below 0.5",
      figure: "fig3", panel: "d", statistics: [flatnessID], threshold: 0.5, verdict: .doesNotHold),
    ClaimVerdict(
      name: "flatness-breaks",
      statement: "Under Adam, the correlation of flatness with generalization breaks.",
      rule: "the interval of ρ(prior) − ρ(flatness) lies above 0", figure: "fig4", statistics: [],
      verdict: .notJudged(reason: "Figure 4 is not in this report")),
  ]

  static var measuredFigure: FigureSection {
    FigureSection(
      id: "fig3", label: "Figure 3", title: "Prior and flatness against generalization, SGD",
      caption:
        "Each point is one network, trained by SGD until its error on the training set S is zero, together "
        + "with an attack set A of wrongly labelled images that spoils its accuracy on the test set E. "
        + "Top: the log-probability of the function it found. Bottom: flatness, −log₁₀ sharpness.",
      altText:
        "Scatter plots. (a) log₁₀ P(f) against generalization: n = 15, r = 0.962. (d) Flatness against "
        + "generalization: n = 15, ρ = 0.21.",
      picture: picture(width: 960, height: 420), tables: [FigureTable(csv: csv)], points: [],
      dataStatement: "Data: MNIST, 5 000 built-in images; |S| = 500, attack pool 500, |E| = 1000.",
      statistics: statistics, settings: settings,
      provenance: FigureProvenance(
        runs: (0..<15).map {
          ProvenanceDocument.Run(
            key: digest("run \($0)"), label: "|A| = \($0 / 3 * 125), sample \($0 % 3)",
            replayClass: .bitwise)
        },
        seeds: [UInt64.max], data: [ProvenanceDocument.Data(name: "mnist", sha256: digest("mnist"))],
        replay: .statistical,
        revisions: [
          NamedValue(name: "training", value: "1"), NamedValue(name: "sharpness", value: "1"),
          NamedValue(name: "prior", value: "1"),
        ],
        work: [NamedValue(name: "trainings", value: "15")],
        command: "plateau report --profile quick --figures 3"),
      notes: ["One of the 15 runs did not converge (|A| = 500, sample 2): drawn hollow, in no statistic."],
      missingPanels: [
        .init(id: "b", title: "FCN on CIFAR-10", reason: "not available yet; it needs the CIFAR-10 reader"),
        .init(id: "c", title: "ResNet-50 on CIFAR-10", reason: "not available yet; it needs ResNet-50."),
      ],
      paperResults: [
        .init(panel: "a", finding: "very tight (Section 5.2)"), .init(panel: "d", finding: "loose."),
        .init(panel: "b", finding: "very tight (Section 5.2)"),
      ])
  }

  static var drawnFigure: FigureSection {
    FigureSection(
      id: "fig1", label: "Figure 1", title: "Basins, volumes and flatness",
      caption: "A schematic of the loss over parameter space. Drawn, not measured.",
      altText: "Two basins: one wide with flat and sharp places inside it, one narrow.",
      picture: picture(width: 720, height: 300), tables: [], points: [], dataStatement: nil, statistics: [],
      settings: [],
      provenance: FigureProvenance(
        runs: [], seeds: [], data: [], replay: .bitwise, revisions: [], work: [],
        command: "plateau report --figures 1"),
      notes: [], missingPanels: [])
  }

  static var statistics: [StatisticRow] {
    [
      row(priorID, "a", "log₁₀ P(f) (step) against generalization", .pearson, 0.9621, 0.914, 0.987, 3.1e-24),
      row(
        "fig3.a.log10-prior-heaviside.generalization.spearman", "a",
        "log₁₀ P(f) (step) against generalization",
        .spearman, 0.951, 0.87, 0.99, 1.2e-7),
      row(probitID, "a", "log₁₀ P(f) (probit) against generalization", .pearson, 0.9432, 0.832, 0.98, 0),
      row(flatnessID, "d", "Flatness against generalization", .spearman, 0.2134, -0.334, 0.449, 0.0123),
      StatisticRow(
        id: "fig3.d.flatness.generalization.kendall", panel: "d", panelTitle: "FCN on MNIST",
        quantities: "Flatness against generalization", statistic: .kendall,
        estimate: .measured(value: .nan, interval: nil, pValue: nil), n: 2),
      StatisticRow(
        id: "fig3.d.difference", panel: "d", panelTitle: "FCN on MNIST", quantities: "The same points",
        statistic: .pearsonDifference, estimate: .unmeasured(reason: "fewer than 3 points"), n: 2,
        note: "paired bootstrap"),
    ]
  }

  private static func row(
    _ id: String, _ panel: String, _ quantities: String, _ statistic: StatisticName, _ value: Double,
    _ lower: Double, _ upper: Double, _ pValue: Double
  ) -> StatisticRow {
    StatisticRow(
      id: id, panel: panel, panelTitle: "FCN on MNIST", quantities: quantities, statistic: statistic,
      estimate: .measured(value: value, interval: lower...upper, pValue: pValue), n: 15)
  }

  static let settings = [
    SettingEntry(path: "fcn-mnist.dataset.train", value: .number(500), sources: ["P", "C"]),
    SettingEntry(
      path: "fcn-mnist.network.hidden", value: .list([.number(40), .number(40)]), sources: ["P", "C"]),
    SettingEntry(path: "fcn-mnist.optimiser.learningRate", value: .number(0.01), sources: ["C"]),
    SettingEntry(path: "fcn-mnist.optimiser.batchOrder", value: .text("shuffled"), sources: ["O"]),
    SettingEntry(
      path: "fcn-mnist.attack.sizes", value: .list([0, 125, 250, 375, 500].map(SettingValue.number)),
      sources: ["C"], paperValue: .progression(from: 0, through: 500, by: 50)),
    SettingEntry(
      path: "fcn-mnist.attack.samplesPerSize", value: .number(3), sources: ["C"], paperValue: .number(5)),
    SettingEntry(path: "resampling", value: .number(10000), sources: ["O"]),
  ]

  static var csv: String {
    "attackSize,sample,generalizationPercent,log10PriorHeaviside,log10PriorProbit,log10Sharpness,status\n"
      + (0..<15).map { index in
        let size = index / 3 * 125
        return "\(size),\(index % 3),\(86 - size / 15 - index % 3),\(-165 - size / 3 - index),"
          + "\(-303 - size / 5 - index),\(-2.5 + Double(index) / 100),\"converged, \"\"zero\"\" error\"\n"
      }.joined()
  }

  private static func picture(width: Int, height: Int) -> FigurePictures {
    let svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)">
      <circle cx="50" cy="50" r="9"/>
      </svg>
      """
    return FigurePictures(
      png: [0x89, 0x50, 0x4E, 0x47], svg: Array(svg.utf8), pdf: Array("%PDF-1.4".utf8), width: width,
      height: height)
  }
}
