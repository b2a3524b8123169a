import SpecReading

/// A small folder of specs as texts, for tests to spoil one line of.
package enum SampleSpecs {
  package static let folder = "specs"

  package static let figure3 = """
    figure: "3"
    title: A title
    caption: A caption.
    runs:
      small:
        dataset: {name: mnist, task: digits-0-4-vs-5-9, train: 50, attackPool: 40, test: 20}  # [P]
        network: {kind: fcn, hidden: [8, 4], biasStandardDeviation: 1}
        optimiser:                # [R]
          kind: sgd               # [P]
          learningRate: 0.01      # [C]
          batch: 32
        attack:
          sizes: {from: 0, through: 40, by: 10}   # [P, C]
          samplesPerSize: 5                       # [C]
        stop: {at: zero-error-on-train, epochs: 100}
        prior: {kernel: nngp, weightVariance: 2, biasVariance: 1}
        measure: [generalization, sharpness/mnist-fcn, prior/heaviside]
    panels:
      - {id: a, kind: scatter, title: A, runs: small, x: log10-prior, y: generalization, claim: tight}
      - {id: b, kind: unavailable, title: B, reason: not yet}
    profiles:
      smoke:
        small:
          dataset: {train: 6, attackPool: 4}
          attack: {sizes: [0, 4], samplesPerSize: 2}
      quick:
        small:
          attack: {sizes: {by: 20}}   # [O]

    """

  package static let figureS5 = """
    figure: "S5"
    title: A trace
    caption: A caption.
    runs:
      one:
        from: {figure: "3", runs: small}
        attack: {sizes: [0], samplesPerSize: 1}
        measure: [sharpness-trace/mnist-fcn]   # [P]
    panels:
      - {id: a, kind: sharpness-trace, title: A, runs: one}

    """

  package static let claims = """
    claims:
      tight:
        statement: It is tight.
        statistic: pearson
        threshold: 0.9
        strict: false
        rule: holds when it is

    """

  package static let tableOne = """
    rows:
      mnist-fcn:
        box: 1e-4            # [P]
        batch: 32            # [C]
        learningRate: 1e-3   # [P, C]
        epochs: 100
      boolean-fcn: {box: 1e-5, batch: 16, learningRate: 1e-3, epochs: 10}   # [O]
    measures:
      sam-sharpness: {radius: 0.05}   # [O]
      adaptive-sam-sharpness: {radius: 0.5, offset: 0.01}   # [O]
      adaptive-worst-sharpness: {radius: 0.001, steps: 20, firstStep: 2, momentum: 0.75}   # [O]
      adaptive-average-sharpness: {radius: 0.1, draws: 100}   # [O]
      pac-bayes-flatness: {drop: 0.1, tolerance: 0.01, largestDeviation: 2, steps: 15, draws: 10}   # [O]
      magnitude-aware-pac-bayes-flatness:   # [O]
        {drop: 0.1, tolerance: 0.01, largestDeviation: 2, steps: 15, draws: 10, offset: 0.001}
      margin: {quantile: 0.1}   # [O]

    """

  package static let texts = [
    "fig3.yml": figure3, "figS5.yml": figureS5, "claims.yml": claims, "table1.yml": tableOne,
  ]

  /// The library with one text replaced in one file.
  package static func library(
    _ file: String = "fig3.yml", replacing old: String = "", with new: String = ""
  ) throws(SpecError) -> SpecLibrary {
    var texts = self.texts
    if !old.isEmpty { texts[file] = (texts[file] ?? "").replacing(old, with: new) }
    return try SpecLibrary(texts: texts, folder: folder)
  }
}
