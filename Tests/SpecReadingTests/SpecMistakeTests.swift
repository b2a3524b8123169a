@testable import SpecReading
import TestSupport
import Testing

@Suite("Mistakes in specs")
struct SpecMistakeTests {
  /// One spoilt line, where the error has to point, and what it has to say.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var file = "fig3.yml"
    /// The file that the error points at, where it is another one.
    var place: String?
    let old: String
    let new: String
    let line: Int
    let column: Int
    let words: [String]
    var testDescription: String { "\(file): \(new.prefix(50))" }
  }

  static let mistakes: [Mistake] = [
    // Unknown names, each with the nearest one.
    Mistake(
      old: "learningRate: 0.01", new: "learningrate: 0.01", line: 10, column: 7,
      words: ["unknown key 'learningrate'", "did you mean 'learningRate'?"]),
    Mistake(
      old: "train: 50,", new: "trian: 50,", line: 6, column: 53, words: ["key 'trian'", "'train'?"]),
    Mistake(old: "caption: A", new: "captoin: A", line: 3, column: 1, words: ["'captoin'", "'caption'?"]),
    Mistake(
      old: "name: mnist,", new: "name: mnits,", line: 6, column: 21,
      words: ["unknown data set 'mnits'", "'mnist'?"]),
    Mistake(
      old: "task: digits-0-4-vs-5-9", new: "task: odd-vs-even", line: 6, column: 34,
      words: ["unknown task on MNIST 'odd-vs-even'", "digits-0-4-vs-5-9"]),
    Mistake(
      old: "task: digits-0-4-vs-5-9", new: "task: classes-0-4-vs-5-9", line: 6, column: 34,
      words: ["unknown task on MNIST 'classes-0-4-vs-5-9'", "digits-0-4-vs-5-9"]),
    Mistake(
      old: "kind: sgd ", new: "kind: sdg ", line: 9, column: 13,
      words: ["unknown optimiser 'sdg'", "'sgd'?"]),
    Mistake(
      old: "kind: fcn,", new: "kind: fnc,", line: 7, column: 21, words: ["unknown network 'fnc'", "'fcn'?"]),
    Mistake(
      old: "at: zero-error-on-train", new: "at: zero-error", line: 15, column: 16,
      words: ["unknown stopping rule", "'zero-error-on-train'?"]),
    Mistake(
      old: "kernel: nngp", new: "kernel: nnpg", line: 16, column: 21, words: ["unknown kernel", "'nngp'?"]),
    Mistake(
      old: "sharpness/mnist-fcn", new: "sharpness/mnist-fnc", line: 17, column: 31,
      words: ["unknown row of Table 1 'mnist-fnc'", "'mnist-fcn'?"]),
    Mistake(
      old: "prior/heaviside", new: "prior/heavyside", line: 17, column: 52,
      words: ["unknown likelihood 'heavyside'", "'heaviside'?"]),
    Mistake(
      old: "measure: [generalization", new: "measure: [generalisation", line: 17, column: 15,
      words: ["unknown measurement", "'generalization'?"]),
    Mistake(
      old: "x: log10-prior", new: "x: log-prior", line: 19, column: 54,
      words: ["unknown quantity 'log-prior'", "'log10-prior'?"]),
    Mistake(
      old: "kind: scatter", new: "kind: skatter", line: 19, column: 19,
      words: ["unknown kind of panel", "'scatter'?"]),
    Mistake(
      old: "claim: tight", new: "claim: tigth", line: 19, column: 93, words: ["unknown claim", "'tight'?"]),
    Mistake(
      old: "claim: tight", new: "claim: tight, paper: [1]", line: 19, column: 107,
      words: ["paper", "a list"]),
    Mistake(
      file: "claims.yml", old: "strict: false", new: "strict: false\n    papr: It is.", line: 7, column: 5,
      words: ["unknown key 'papr'", "'paper'?"]),
    Mistake(
      old: "runs: small, x", new: "runs: smal, x", line: 19, column: 44,
      words: ["unknown run group 'smal'", "'small'?"]),
    Mistake(old: "  smoke:", new: "  smok:", line: 22, column: 3, words: ["unknown key 'smok'", "'smoke'?"]),
    Mistake(
      old: "  quick:\n    small:", new: "  quick:\n    smoll:", line: 27, column: 5,
      words: ["unknown run group 'smoll'", "'small'?"]),
    Mistake(
      old: "{train: 6,", new: "{trian: 6,", line: 24, column: 17, words: ["key 'trian'", "'train'?"]),
    Mistake(
      old: "# [R]", new: "# [X]", line: 8, column: 31, words: ["unknown source 'X'", "P, C, R, O"]),
    Mistake(
      file: "figS5.yml", old: "figure: \"3\"", new: "figure: \"4\"", line: 6, column: 20,
      words: ["unknown figure '4'", "3"]),
    Mistake(
      file: "figS5.yml", old: "runs: small", new: "runs: smll", line: 6, column: 31,
      words: ["unknown run group 'smll'", "'small'?"]),
    Mistake(
      file: "claims.yml", old: "pearson", new: "person", line: 4, column: 16,
      words: ["unknown statistic", "'pearson'?"]),
    Mistake(
      file: "table1.yml", old: "    box: 1e-4 ", new: "    bx: 1e-4 ", line: 3, column: 5,
      words: ["'bx'", "'box'?"]),
    Mistake(
      file: "table1.yml", old: "  mnist-fcn:", new: "  mnist-fnc:", line: 3, column: 5,
      words: ["unknown data set and network 'mnist-fnc'", "'mnist-fcn'?"]),
    // Wrong types.
    Mistake(
      old: "batch: 32", new: "batch: many", line: 11, column: 14,
      words: ["'batch'", "whole number", "'many'"]),
    Mistake(old: "batch: 32", new: "batch: 3.5", line: 11, column: 14, words: ["a whole number"]),
    Mistake(
      old: "learningRate: 0.01", new: "learningRate: \"0.01\"", line: 10, column: 21,
      words: ["a number", "the text \"0.01\""]),
    Mistake(old: "learningRate: 0.01", new: "learningRate: 0x1p3", line: 10, column: 21, words: ["a number"]),
    Mistake(old: "hidden: [8, 4]", new: "hidden: 8", line: 7, column: 34, words: ["'hidden'", "a list"]),
    Mistake(
      old: "  samplesPerSize: 5", new: "  samplesPerSize: [5]", line: 14, column: 23,
      words: ["a whole number", "a list"]),
    Mistake(
      old: "stop: {at: zero-error-on-train, epochs: 100}", new: "stop: soon", line: 15, column: 11,
      words: ["a mapping", "'soon'"]),
    Mistake(old: "title: A title", new: "title:", line: 2, column: 7, words: ["'title'", "text", "nothing"]),
    Mistake(
      old: "sizes: {from: 0, through: 40, by: 10}", new: "sizes: all", line: 13, column: 14, words: ["a list"]
    ),
    Mistake(old: "sizes: [0, 4]", new: "sizes: []", line: 25, column: 23, words: ["at least one size"]),
    Mistake(
      file: "claims.yml", old: "strict: false", new: "strict: no", line: 6, column: 13,
      words: ["true or false", "'no'"]),
    Mistake(
      old: "figure: \"3\"", new: "figure: \"../3\"", line: 1, column: 9, words: ["letters and digits"]),
    // Missing keys.
    Mistake(
      old: "      batch: 32\n", new: "", line: 9, column: 7,
      words: ["runs.small.optimiser lacks the key 'batch'"]),
    Mistake(
      old: "    prior: {kernel: nngp, weightVariance: 2, biasVariance: 1}\n", new: "", line: 6, column: 5,
      words: ["lacks the key 'prior'"]),
    Mistake(old: ", reason: not yet", new: "", line: 20, column: 5, words: ["lacks the key 'reason'"]),
    Mistake(old: "title: A title\n", new: "", line: 1, column: 1, words: ["lacks the key 'title'"]),
    // Sizes out of range.
    Mistake(old: "train: 50", new: "train: 0", line: 6, column: 60, words: ["'train' is 0", "from 1"]),
    Mistake(old: "test: 20", new: "test: -1", line: 6, column: 86, words: ["'test' is -1"]),
    Mistake(
      old: "train: 50", new: "train: 99999999999999999999", line: 6, column: 60, words: ["from 1 to 10000000"]
    ),
    Mistake(old: "batch: 32", new: "batch: 0", line: 11, column: 14, words: ["'batch' is 0"]),
    Mistake(
      old: "  samplesPerSize: 5", new: "  samplesPerSize: 0", line: 14, column: 23,
      words: ["'samplesPerSize' is 0"]),
    Mistake(
      old: "learningRate: 0.01", new: "learningRate: .inf", line: 10, column: 21,
      words: ["finite and above 0"]),
    Mistake(
      old: "learningRate: 0.01", new: "learningRate: nan", line: 10, column: 21, words: ["finite and above 0"]
    ),
    Mistake(
      old: "learningRate: 0.01", new: "learningRate: 1e999", line: 10, column: 21,
      words: ["finite and above 0"]),
    Mistake(
      old: "biasVariance: 1}", new: "biasVariance: -1}", line: 16, column: 60, words: ["at least 0"]),
    Mistake(
      file: "table1.yml", old: "box: 1e-4", new: "box: 0", line: 3, column: 10, words: ["'box' is 0"]),
    Mistake(
      old: "through: 40", new: "through: 50", line: 13, column: 33, words: ["is 50", "the attackPool of 40"]),
    Mistake(
      old: "sizes: [0, 4]", new: "sizes: [0, 5]", line: 25, column: 27,
      words: ["is 5", "the attackPool of 4"]),
    Mistake(
      old: "sizes: [0, 4]", new: "sizes: [4, 0]", line: 25, column: 27, words: ["0 after 4", "ascending"]),
    Mistake(old: "sizes: [0, 4]", new: "sizes: [4, 4]", line: 25, column: 27, words: ["4 after 4"]),
    Mistake(old: "sizes: [0, 4]", new: "sizes: [-1]", line: 25, column: 24, words: ["'sizes' is -1"]),
    Mistake(old: "by: 10", new: "by: 0", line: 13, column: 41, words: ["'by' is 0"]),
    Mistake(old: "{from: 0", new: "{from: 41", line: 13, column: 34, words: ["'through' is 40", "from 41"]),
    // Contradictions.
    Mistake(
      old: "      batch: 32", new: "      kind: sgd", line: 9, column: 7, words: ["key 'kind'", "twice"]),
    Mistake(old: "{id: b,", new: "{id: a,", line: 20, column: 5, words: ["panel 'a'", "twice"]),
    Mistake(
      old: "prior/heaviside]", new: "sharpness/mnist-fcn]", line: 17, column: 52,
      words: ["measurement", "twice"]),
    Mistake(
      file: "figS5.yml", old: "figure: \"S5\"", new: "figure: \"3\"", line: 1, column: 9,
      words: ["figure '3'", "twice"]),
    Mistake(
      old: "title: A title", new: "schematic: basins\ntitle: A title", line: 6, column: 3,
      words: ["'schematic' and 'runs'"]),
    Mistake(
      old: ", prior/heaviside]", new: "]", line: 19, column: 5,
      words: ["panel 'a' shows log10-prior", "'small' do not measure", "prior/<likelihood>"]),
    Mistake(
      file: "figS5.yml", old: "sharpness-trace/", new: "sharpness/", line: 10, column: 5,
      words: ["shows a trace", "sharpness-trace/<row>"]),
    Mistake(
      file: "figS5.yml", old: "{figure: \"3\", runs: small}", new: "{figure: S5, runs: one}", line: 6,
      column: 11, words: ["refer to each other", "figure S5 one → figure S5 one"]),
    // A profile changes sizes, never the method.
    Mistake(
      old: "attack: {sizes: {by: 20}}   # [O]", new: "optimiser: {batch: 8}", line: 28, column: 7,
      words: ["the profile 'quick' changes 'optimiser'", "the method", "stop.epochs", "Remove the key"]),
    Mistake(
      old: "attack: {sizes: {by: 20}}   # [O]", new: "prior: {weightVariance: 1}", line: 28, column: 7,
      words: ["changes 'prior'"]),
    Mistake(
      old: "attack: {sizes: {by: 20}}   # [O]", new: "measure: [generalization]", line: 28, column: 7,
      words: ["changes 'measure'"]),
    Mistake(
      old: "{train: 6,", new: "{task: parity, train: 6,", line: 24, column: 17,
      words: ["the profile 'smoke' changes 'dataset.task'"]),
    Mistake(
      old: "attack: {sizes: {by: 20}}   # [O]", new: "stop: {at: zero-error-on-train}", line: 28, column: 14,
      words: ["changes 'stop.at'"]),
    // A panel's letter is drawn and names statistics.
    Mistake(
      old: "{id: b,", new: "{id: a<b,", line: 20, column: 10,
      words: ["'id' must be one to three letters or digits", "'a<b'"]),
    // Optimisers, overtraining, timelines.
    Mistake(
      old: "kind: sgd", new: "kind: adem", line: 9, column: 13,
      words: ["unknown optimiser 'adem'", "did you mean 'adam'"]),
    Mistake(
      old: "kind: sgd", new: "kind: momentum", line: 9, column: 7,
      words: ["runs.small.optimiser lacks the key 'momentum'"]),
    Mistake(
      old: "      batch: 32\n", new: "      batch: 32\n      momentun: 0.9\n", line: 12, column: 7,
      words: ["unknown key 'momentun'"]),
    Mistake(
      old: "      batch: 32\n", new: "      batch: every\n", line: 11, column: 14, words: ["a whole number"]),
    Mistake(
      old: "y: generalization,", new: "y: spectral-flatness,", line: 19, column: 5,
      words: ["shows spectral-flatness", "hessian/<top>"]),
    Mistake(
      old: "y: generalization,", new: "y: generalization, epochsPast: 100,", line: 19, column: 5,
      words: ["panel 'a'", "do not measure"]),
    Mistake(
      old: "y: generalization,", new: "y: generalization, likelihood: logit,", line: 19, column: 98,
      words: ["unknown likelihood 'logit'"]),
    // The group measures the other likelihood alone.
    Mistake(
      file: "figS5.yml",
      old:
        "    measure: [sharpness-trace/mnist-fcn]   # [P]\npanels:\n  - {id: a, kind: sharpness-trace, title: A, runs: one}",
      new:
        "    measure: [prior-sampled/heaviside]\npanels:\n  - {id: a, kind: scatter, title: A, runs: one, x: log10-prior-sampled, y: generalization, likelihood: probit}",
      line: 10, column: 5, words: ["shows log10-prior-sampled", "add prior-sampled/probit"]),
    Mistake(
      old: "y: generalization,", new: "y: prior-error,", line: 19, column: 5,
      words: ["shows prior-error", "add prior-sampled/<likelihood>"]),
    Mistake(
      file: "claims.yml", place: "fig3.yml", old: "statistic: pearson", new: "statistic: pearson-agreement",
      line: 19, column: 5, words: ["claim 'tight'", "needs a panel of log10-prior and log10-prior-sampled"]),
    Mistake(
      file: "figS5.yml", old: "    measure:", new: "    overtraining: [5, 5]\n    measure:", line: 8,
      column: 23,
      words: ["5 after 5", "ascending"]),
    Mistake(
      file: "figS5.yml", old: "    measure:",
      new:
        "    timeline: {epochsPast: 5, every: 1, rescaling: {layer: 3, alpha: 2}, rescaleAfter: 2}\n    measure:",
      line: 8, column: 60, words: ["'layer' is 3", "at most 2"]),
    Mistake(
      file: "figS5.yml", old: "    measure:",
      new:
        "    timeline: {epochsPast: 5, every: 1, rescaling: {layer: 1, alpha: 2}, rescaleAfter: 6}\n    measure:",
      line: 8, column: 88, words: ["'rescaleAfter' is 6", "epochsPast of 5"]),
    Mistake(
      old: "measure: [generalization, sharpness/mnist-fcn,",
      new: "measure: [sharpness/boolean-fcn, sharpness/mnist-fcn,", line: 17, column: 38,
      words: ["'sharpness/mnist-fcn' would fill the same columns as 'sharpness/boolean-fcn'"]),
    Mistake(
      file: "figS5.yml",
      old:
        "    measure: [sharpness-trace/mnist-fcn]   # [P]\npanels:\n  - {id: a, kind: sharpness-trace, title: A, runs: one}",
      new:
        "    timeline: {epochsPast: 5, every: 1}\n    measure: [sharpness-lbfgsb/mnist-fcn]\npanels:\n  - {id: a, kind: timeline, title: A, runs: one, y: log10-sharpness-lbfgsb}",
      line: 11, column: 5, words: ["shows log10-sharpness-lbfgsb"]),
    Mistake(
      file: "figS5.yml",
      old:
        "samplesPerSize: 1}\n    measure: [sharpness-trace/mnist-fcn]   # [P]\npanels:\n  - {id: a, kind: sharpness-trace, title: A, runs: one}",
      new:
        "samplesPerSize: 2}\n    timeline: {epochsPast: 5, every: 1}\n    measure: [sharpness/mnist-fcn]\npanels:\n  - {id: a, kind: timeline, title: A, runs: one, y: log10-sharpness}",
      line: 11, column: 5, words: ["panel 'a' shows a single training", "its group has 2"]),
    Mistake(
      file: "figS5.yml",
      old:
        "    measure: [sharpness-trace/mnist-fcn]   # [P]\npanels:\n  - {id: a, kind: sharpness-trace, title: A, runs: one}",
      new:
        "    timeline: {epochsPast: 5, every: 1}\n    measure: [sharpness/mnist-fcn]\npanels:\n  - {id: a, kind: timeline, title: A, runs: one, y: log10-sharpness, claim: tight}",
      line: 11, column: 5, words: ["claim 'tight' cannot be judged on panel 'a'", "needs a scatter"]),
    Mistake(
      file: "claims.yml", place: "fig3.yml", old: "statistic: pearson", new: "statistic: spearman-difference",
      line: 19, column: 5,
      words: ["claim 'tight'", "needs a panel of flatness"]),
    // Not YAML.
    Mistake(old: "title: A title", new: "title: [A", line: 3, column: 8, words: ["not YAML"]),
    Mistake(
      old: "  small:\n    dataset", new: "  small: x\n    dataset", line: 6, column: 12, words: ["YAML"]),
  ]

  @Test("each is reported with its place, the reason and the nearest name", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    let original = try #require(SampleSpecs.texts[mistake.file])
    try #require(original.contains(mistake.old), "the sample has no '\(mistake.old)' to spoil")
    let error = #expect(throws: SpecError.self) {
      try SampleSpecs.library(mistake.file, replacing: mistake.old, with: mistake.new)
    }
    let message = try #require(error).description
    let place = "specs/\(mistake.place ?? mistake.file):\(mistake.line):\(mistake.column): "
    #expect(message.hasPrefix(place), "\(message)")
    for words in mistake.words { #expect(message.contains(words), "\(message)") }
  }

  @Test("a missing file is named")
  func missingFiles() {
    for name in ["claims.yml", "table1.yml"] {
      var texts = SampleSpecs.texts
      texts[name] = nil
      #expect(throws: SpecError.unreadable(path: "specs/\(name)", reason: "there is no such file")) {
        try SpecLibrary(texts: texts, folder: "specs")
      }
    }
    #expect(throws: SpecError.noFigures(folder: "specs")) {
      try SpecLibrary(
        texts: ["claims.yml": SampleSpecs.claims, "table1.yml": SampleSpecs.tableOne], folder: "specs")
    }
    #expect(throws: SpecError.self) { try SpecLibrary(folder: "/nowhere/at/all") }
  }

  @Test("an empty file is not a spec")
  func emptyFile() {
    #expect(throws: SpecError.self) {
      try SampleSpecs.library(replacing: SampleSpecs.figure3, with: "# nothing\n")
    }
  }
}
