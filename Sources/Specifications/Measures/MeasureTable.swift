extension MeasureDefinition {
  /// The measures, one row each. A new one is a case of ``Measure``, a row here, and its execution.
  package static let all = ofThePaper + tabled

  private static let ofThePaper = [
    MeasureDefinition(
      kind: .sharpness, revision: 4, countedAs: "sharpness measurements", rescaling: .lost,
      forms: [
        MeasureForm(
          name: "sharpness", argument: .row { .sharpness($0, trace: false) }, needs: .ascentSteps),
        MeasureForm(
          name: "sharpness-trace", argument: .row { .sharpness($0, trace: true) }, needs: .ascentSteps),
        MeasureForm(
          name: "sharpness-lbfgsb",
          argument: .row { .sharpness($0.searched(by: .quasiNewton), trace: false) },
          needs: .doublePrecision, isFollowed: false),
        MeasureForm(
          name: "sharpness-corners",
          argument: .row { .sharpness($0.searched(by: .corners), trace: false) }, needs: .doublePrecision),
      ],
      values: [
        MeasuredValue(
          columnPattern: "sharpness", forms: ["sharpness", "sharpness-trace"], isAlwaysShown: true,
          read: sharpness,
          axes: [
            .init(
              name: "flatness", label: "Flatness, −log<sub>10</sub> sharpness",
              words: "flatness (−log₁₀ sharpness)", scale: .minusLog10, isFlatness: true),
            .init(
              name: "log10-sharpness", label: "log<sub>10</sub> sharpness", words: "log₁₀ sharpness",
              scale: .log10),
          ]),
        MeasuredValue(
          columnPattern: "sharpness_lbfgsb", forms: ["sharpness-lbfgsb"], read: sharpness,
          axes: [
            .init(
              name: "log10-sharpness-lbfgsb", label: "log<sub>10</sub> sharpness by L-BFGS-B",
              words: "log₁₀ sharpness by L-BFGS-B", scale: .log10)
          ]),
        MeasuredValue(
          columnPattern: "sharpness_corners", forms: ["sharpness-corners"], read: sharpness,
          axes: [
            .init(
              name: "corner-flatness", label: "Flatness, −log<sub>10</sub> sharpness over corners",
              words: "flatness (−log₁₀ sharpness over corners)", scale: .minusLog10, isFlatness: true),
            .init(
              name: "log10-sharpness-corners", label: "log<sub>10</sub> sharpness over corners",
              words: "log₁₀ sharpness over corners", scale: .log10),
          ]),
      ],
      work: { measurement, size in
        guard let settings = measurement.sharpness else { return .products(0) }
        // Some 80 losses with gradients in Float64, which take twice as long as in Float32.
        if settings.method == .corners { return .products(80 * 12 * size.train * size.weights) }
        let steps = Double(settings.epochs) * (size.train / Double(settings.batch)).rounded(.up)
        return .products(
          steps * (6 * Double(settings.batch) + 2 * size.train) * size.weights)
      }),
    MeasureDefinition(
      kind: .prior, revision: 4, countedAs: "priors", rescaling: .kept,
      forms: [MeasureForm(name: "prior", argument: .likelihood { .prior($0) }, needs: .outputs)],
      values: [
        MeasuredValue(
          columnPattern: "log_prior_{likelihood}_nats", forms: ["prior"], isAlwaysShown: true,
          read: {
            if case .prior(let result) = $0, result.converged { result.logProbabilityInNats } else { nil }
          },
          axes: [
            .init(
              name: "log10-prior", label: "log<sub>10</sub> <i>P</i>(<i>f</i>)", words: "log₁₀ P(f)",
              scale: .natsToLog10, largest: 0)
          ])
      ],
      work: { measurement, size in
        let isProbit = measurement.prior?.likelihood == .probit
        let cube = size.points * size.points * size.points
        // Above 3000 points all cores share the work, and a reference replaces most sweeps; below it half of a
        // sweep's 2n³/3 is in Float32.
        return size.isLargePrior
          ? .factorisations((isProbit ? 2 : 4.5) * cube) : .factorisations((isProbit ? 4 : 5) * 2 * cube / 3)
      }),
    MeasureDefinition(
      kind: .sampledPrior, revision: 1, countedAs: "sampled priors", rescaling: .kept,
      forms: [
        MeasureForm(name: "prior-sampled", argument: .likelihood { .sampledPrior($0) }, needs: .outputs)
      ],
      values: [
        MeasuredValue(
          columnPattern: "log_prior_sampled_{likelihood}_nats", forms: ["prior-sampled"],
          read: { $0.kind == .sampledPrior ? $0.number : nil },
          errorColumnPattern: "log_prior_sampled_{likelihood}_standard_error_nats",
          axes: [
            .init(
              name: "log10-prior-sampled", label: "log<sub>10</sub> <i>P</i>(<i>f</i>) by sampling",
              words: "log₁₀ P(f) by sampling", scale: .natsToLog10, largest: 0)
          ]),
        MeasuredValue(
          columnPattern: "log_prior_sampled_{likelihood}_standard_error_nats", forms: ["prior-sampled"],
          read: { $0.kind == .sampledPrior ? $0.standardError : nil }, course: nil, axes: []),
      ],
      // Expectation propagation, three guides, and some ten thousand particles of n² each.
      work: { _, size in
        let square = size.points * size.points
        return .factorisations(10 * square * size.points + 12_000 * square)
      }),
    MeasureDefinition(
      kind: .marginalLikelihood, revision: 1, countedAs: "marginal likelihoods", rescaling: .kept,
      forms: [
        MeasureForm(
          name: "marginal-likelihood", argument: .likelihood { .marginalLikelihood($0) }, needs: .outputs,
          isFollowed: false, plain: PriorSettings.Likelihood.heaviside.rawValue)
      ],
      values: [
        MeasuredValue(
          columnPattern: "log_marginal_likelihood_{likelihood}_nats", forms: ["marginal-likelihood"],
          read: { $0.kind == .marginalLikelihood ? $0.number : nil }, course: nil,
          axes: [
            .init(
              name: "log10-marginal-likelihood", label: "log<sub>10</sub> <i>P</i>(<i>S</i>)",
              words: "log₁₀ P(S)", scale: .natsToLog10, largest: 0)
          ])
      ],
      work: { measurement, size in
        let isProbit = measurement.process?.likelihood == .probit
        return .factorisations((isProbit ? 4 : 5) * 2 * size.train * size.train * size.train / 3)
      }),
    MeasureDefinition(
      kind: .hessian, revision: 4, countedAs: "Hessian spectra", rescaling: .lost,
      forms: [
        MeasureForm(
          name: "hessian",
          argument: .count(placeholder: "top", example: 50) { .hessian(HessianSettings(top: $0)) },
          needs: .secondDerivatives)
      ],
      values: [
        MeasuredValue(
          columnPattern: "hessian_spectral_norm_nats", forms: ["hessian"],
          read: { if case .hessian(let result) = $0 { result.spectralNorm } else { nil } },
          axes: [
            .init(
              name: "log10-spectral-norm", label: "log<sub>10</sub> spectral norm of the Hessian",
              words: "log₁₀ spectral norm of the Hessian", scale: .log10),
            .init(
              name: "spectral-flatness", label: "Flatness, −log<sub>10</sub> spectral norm",
              words: "flatness (−log₁₀ spectral norm of the Hessian)", scale: .minusLog10, isFlatness: true),
          ]),
        MeasuredValue(
          columnPattern: "hessian_log_top_eigenvalue_product", forms: ["hessian"],
          read: { if case .hessian(let result) = $0 { result.logProduct } else { nil } },
          course: .logProducts,
          axes: [
            .init(
              name: "log10-eigenvalue-product", label: "log<sub>10</sub> product of top eigenvalues",
              words: "log₁₀ product of the Hessian's top eigenvalues", scale: .natsToLog10),
            .init(
              name: "product-flatness", label: "Flatness, −log<sub>10</sub> eigenvalue product",
              words: "flatness (−log₁₀ product of the Hessian's top eigenvalues)", scale: .minusNatsToLog10,
              isFlatness: true),
          ]),
      ],
      work: { measurement, size in
        guard case .hessian(let settings) = measurement else { return .products(0) }
        // Measured: about four products with the Hessian for each eigenvalue, each of four passes over S.
        return .products(4 * Double(settings.top) * 8 * size.train * size.weights)
      }),
    MeasureDefinition(
      kind: .hessianTrace, revision: 1, countedAs: "Hessian traces", rescaling: .lost,
      forms: [MeasureForm(name: "hessian-trace", argument: .none(.hessianTrace), needs: .secondDerivatives)],
      values: [
        MeasuredValue(
          columnPattern: "hessian_trace_nats", forms: ["hessian-trace"],
          read: { if case .scalar(.hessianTrace, let trace) = $0 { trace } else { nil } },
          axes: [
            .init(
              name: "log10-hessian-trace", label: "log<sub>10</sub> trace of the Hessian",
              words: "log₁₀ trace of the Hessian", scale: .log10),
            .init(
              name: "trace-flatness", label: "Flatness, −log<sub>10</sub> trace",
              words: "flatness (−log₁₀ trace of the Hessian)", scale: .minusLog10, isFlatness: true),
          ])
      ],
      // Two passes in Float64, as long as four in Float32.
      work: { _, size in .products(8 * size.train * size.weights) }),
  ]

  private static let sharpness: @Sendable (MeasurementResult) -> Double? = {
    if case .sharpness(let result) = $0 { result.sharpness } else { nil }
  }
}
