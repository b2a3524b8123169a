import Foundation

/// A project's folder whose figures have every kind of run and take a second to make: specs of its own beside
/// the real templates and tolerances.
///
/// With the profile smoke, Figure 3 has six runs on MNIST and two on CIFAR-10 or its substitute, Figure 4 the
/// same six with one more measurement, Figure 5 one run with a timeline, Figure S5 shows the six of Figure 3,
/// Figure 2 has a sample of Boolean functions and three runs to them, and Figure 1 is drawn.
package struct TinyProject: Sendable {
  /// The repository that this file is in.
  package static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// What `PLATEAU_HOME` is set to.
  package let path: String

  /// Writes the project to the folder `path`, with one text replaced in one of its specs.
  package init(at path: String, file: String = "", replacing old: String = "", with new: String = "") throws {
    self.path = path
    let manager = FileManager.default
    try manager.createDirectory(atPath: path + "/figures", withIntermediateDirectories: true)
    for (name, text) in Self.specs {
      let text = name == file ? text.replacing(old, with: new) : text
      try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/figures/" + name))
    }
    try manager.copyItem(
      atPath: Self.repository + "/figures/tolerances.yml", toPath: path + "/figures/tolerances.yml")
    try manager.createSymbolicLink(
      atPath: path + "/report-templates", withDestinationPath: Self.repository + "/report-templates")
  }

  private static let specs = [
    "table1.yml": """
    rows:
      mnist-fcn: {box: 1e-4, batch: 16, learningRate: 1e-3, epochs: 3}    # [O]
      cifar10-fcn: {box: 1e-5, batch: 16, learningRate: 1e-3, epochs: 3}  # [O]
      boolean-fcn: {box: 1e-5, batch: 16, learningRate: 1e-3, epochs: 3}  # [O]

    """,
    "claims.yml": """
    claims:
      tight:
        statement: It is tight.
        statistic: pearson
        threshold: 0.9
        strict: false
        rule: holds when it is

    """,
    "fig1.yml": """
    figure: "1"
    title: Drawn
    caption: Drawn, not measured.
    schematic: basins

    """,
    "fig2.yml": """
    figure: "2"
    title: Functions
    caption: Boolean functions.
    runs:
      boolean:
        sample: {variables: 7, samples: 2000, functions: 3, kept: 20}   # [O]
        network: {kind: fcn, hidden: [12, 8], weightVariance: 1, biasStandardDeviation: 0.1}
        optimiser: {kind: sgd, learningRate: 0.1, batch: 32, batchOrder: shuffled}
        stop: {at: zero-error-on-train, epochs: 2000}
        measure: [sharpness/boolean-fcn]
    panels:
      - {id: a, kind: scatter, title: A, runs: boolean, x: log10-sampled-prior, y: log10-sharpness}
      - {id: b, kind: rank-frequency, title: B, runs: boolean}

    """,
    "fig3.yml": """
    figure: "3"
    title: Scatter
    caption: Prior and flatness.
    runs:
      mnist:
        dataset: {name: mnist, task: digits-0-4-vs-5-9, train: 40, attackPool: 40, test: 60}   # [O]
        network: {kind: fcn, hidden: [12, 8], biasStandardDeviation: 1}
        optimiser: {kind: sgd, learningRate: 0.05, batch: 16, batchOrder: shuffled}
        attack: {sizes: [0, 20, 40], samplesPerSize: 2}
        stop: {at: zero-error-on-train, epochs: 2000}
        prior: {kernel: nngp, weightVariance: 2, biasVariance: 1}
        measure: [generalization, sharpness/mnist-fcn, prior/heaviside]
      cifar10:
        dataset:
          {name: cifar10, task: automobile-vs-cat, substitute: {name: drawn-shapes, task: automobile-vs-cat}, train: 40, attackPool: 40, test: 20}
        network: {kind: fcn, hidden: [12, 8], biasStandardDeviation: 1}
        optimiser: {kind: sgd, learningRate: 0.05, batch: 16, batchOrder: shuffled}
        attack: {sizes: [0, 20], samplesPerSize: 1}
        stop: {at: zero-error-on-train, epochs: 2000}
        measure: [generalization, sharpness/cifar10-fcn]
    panels:
      - {id: a, kind: scatter, title: A, runs: mnist, x: log10-prior, y: generalization, claim: tight}
      - {id: b, kind: scatter, title: B, runs: cifar10, x: flatness, y: generalization, claim: tight}

    """,
    "fig4.yml": """
    figure: "4"
    title: More of the same
    caption: The runs of Figure 3, measured once more.
    runs:
      mnist:
        from: {figure: "3", runs: mnist}
        measure: [generalization, sharpness/mnist-fcn, sharpness-lbfgsb/mnist-fcn]
    panels:
      - {id: a, kind: scatter, title: A, runs: mnist, x: log10-sharpness, y: log10-sharpness-lbfgsb}

    """,
    "fig5.yml": """
    figure: "5"
    title: Timeline
    caption: One training.
    runs:
      one:
        from: {figure: "3", runs: mnist}
        dataset: {test: 50}
        attack: {sizes: [0], samplesPerSize: 1}
        timeline: {epochsPast: 8, every: 2, rescaling: {layer: 1, alpha: 5.9}, rescaleAfter: 4}
        measure: [sharpness/mnist-fcn, prior/heaviside]
    panels:
      - {id: a, kind: timeline, title: A, runs: one, y: log10-sharpness, right: log10-prior}

    """,
    "figS5.yml": """
    figure: "S5"
    title: Trace
    caption: The runs of Figure 3.
    runs:
      one:
        from: {figure: "3", runs: mnist}
        attack: {sizes: [0], samplesPerSize: 1}
        measure: [generalization, sharpness-trace/mnist-fcn]
      all:
        from: {figure: "3", runs: mnist}
        measure: [generalization, sharpness/mnist-fcn]
    panels:
      - {id: a, kind: sharpness-trace, title: A, runs: one}
      - {id: b, kind: scatter, title: B, runs: all, x: flatness, y: generalization}

    """,
  ]
}
