import Specifications

/// Reads a merged run group into values.
struct RunGroupReader {
  let tableOne: [TableOneRow]
  /// The other rows of Table 1: the constants of measures.
  let constants: [MeasureRow]

  /// The number of points up to which a prior is computed under both likelihoods: the paper's text names the
  /// step, its authors' code the probit, and below this size the second one costs little.
  static let largestSizeForBothLikelihoods = 3000

  /// The group called `name`; its reference to another group, if any, is already resolved.
  func group(_ node: SpecNode, name: String) throws(SpecError) -> RunGroup {
    let group = try SpecMapping(
      node, name: "runs.\(name)",
      known: [
        "from", "dataset", "sample", "network", "optimiser", "attack", "stop", "augmentation", "prior",
        "ascent",
        "overtraining", "timeline", "measure",
      ])
    let data = try data(group)
    let stop = try group.mapping("stop", known: ["at", "epochs"])
    let network = try network(group)
    try GroupSize.check(group, network, data.dataset)
    if data.targets != nil { try checkSampled(network, group.mapping("network")) }
    try check(group, fits: network.kind, dataset: data.dataset)
    return RunGroup(
      dataset: data.dataset, substitute: data.substitute, network: network,
      optimiser: try OptimiserReader.optimiser(group),
      attackSizes: data.attackSizes, attackSelection: data.attackSelection,
      samplesPerSize: data.samplesPerSize, targets: data.targets,
      stop: StopSpec(
        at: try stop.choice("at", what: "stopping rule"), epochs: try stop.integer("epochs", atLeast: 1)),
      augmentation: try augmentation(group, network),
      measurements: try scheduled(
        measurements(
          group, prior: try prior(group, network.kind), points: data.dataset.train + data.dataset.test),
        group,
        network))
  }

  /// What a group's networks are trained on.
  private typealias Data = (
    dataset: DatasetSpec, substitute: DatasetSubstitute?, attackSizes: [Int],
    attackSelection: AttackSelection, samplesPerSize: Int, targets: SampledTargets?
  )

  /// The blocks `dataset` and `attack`, or the block `sample` in their place.
  private func data(_ group: SpecMapping) throws(SpecError) -> Data {
    guard group.optional("sample") == nil else {
      for key in ["dataset", "attack"] where group.optional(key) != nil {
        throw .conflict("sample", key, in: group.name, at: try group.required(key).location)
      }
      let targets = try targets(group)
      return (.booleanCube(variables: targets.variables), nil, [0], .random, 1, targets)
    }
    let (dataset, substitute) = try DatasetReader.dataset(group)
    let attack = try group.mapping("attack", known: ["sizes", "selection", "samplesPerSize"])
    let sizes = try AttackSizesReader.sizes(attack.required("sizes"), pool: dataset.attackPool)
    return (
      dataset, substitute, sizes,
      attack.optional("selection") == nil
        ? .random : try attack.choice("selection", what: "selection of the attack set"),
      try attack.integer(
        "samplesPerSize", atLeast: 1, atMost: max(1, GroupSize.mostTrainings / sizes.count)), nil
    )
  }

  private func targets(_ group: SpecMapping) throws(SpecError) -> SampledTargets {
    let sample = try group.mapping("sample", known: ["variables", "samples", "kept", "functions"])
    let variables = try sample.integer("variables", atLeast: 1, atMost: 7)
    let kept = try sample.integer("kept", atLeast: 1)
    // The number of Boolean functions of so many variables, where an Int holds it.
    let all = variables < 5 ? 1 << (1 << variables) : Int.max
    return SampledTargets(
      variables: variables, samples: try sample.integer("samples", atLeast: 1, atMost: Self.mostSamples),
      kept: kept,
      functions: try sample.integer("functions", atLeast: 1, atMost: min(kept, all, GroupSize.mostTrainings)))
  }

  /// The largest sample that 20 GB of disk hold while it is drawn and 1 GB of memory can count.
  private static let mostSamples = 1_000_000_000

  /// Checks that networks of this kind can be sampled in Float32 and in reasonable memory.
  private func checkSampled(_ network: NetworkSpec, _ mapping: SpecMapping) throws(SpecError) {
    guard !network.hidden.isEmpty else {
      throw .wrongType(
        key: "hidden", expected: "a list of at least one layer, to be sampled", found: "empty",
        at: try mapping.required("hidden").location)
    }
    if let width = network.hidden.first(where: { $0 > 4096 }) {
      throw .outOfRange(
        key: "hidden", value: "\(width)", allowed: "at most 4096, to be sampled",
        at: try mapping.required("hidden").location)
    }
    let sizes = [
      ("weightVariance", network.effectiveWeightVariance, 1e-6),
      ("biasStandardDeviation", network.biasStandardDeviation, 0),
    ]
    for (key, value, least) in sizes where value < least || value > 1e6 {
      throw .outOfRange(
        key: key, value: "\(value)", allowed: "from \(least) to 1e6, to be sampled",
        at: try mapping.required(key).location)
    }
  }

  /// Where the largest of the data set's sizes is written.
  func datasetLocation(_ node: SpecNode) throws(SpecError) -> SpecLocation {
    let group = try SpecMapping(node, name: "runs")
    guard group.optional("sample") == nil else { return try group.required("sample").location }
    let dataset = try group.mapping("dataset")
    var largest = (size: -1, location: dataset.location)
    for key in ["train", "attackPool", "test"] {
      let size = try dataset.integer(key, atLeast: 0)
      if size > largest.size { largest = (size, try dataset.required(key).location) }
    }
    return largest.location
  }

  private func network(_ group: SpecMapping) throws(SpecError) -> NetworkSpec {
    let kind: NetworkSpec.Kind = try group.mapping("network").choice("kind", what: "network")
    let network = try group.mapping(
      "network",
      known: ["kind", "weightVariance", "biasStandardDeviation"] + (kind.hasHiddenLayers ? ["hidden"] : []))
    var hidden: [Int] = []
    if kind.hasHiddenLayers {
      for units in try network.list("hidden") {
        hidden.append(try units.readInteger(for: "hidden", atLeast: 1))
      }
    }
    return NetworkSpec(
      kind: kind, hidden: hidden,
      weightVariance: try weightVariance(network),
      biasStandardDeviation: try network.number("biasStandardDeviation", .notNegative))
  }

  /// σ_w²; nil for the default, also where the spec writes that out.
  private func weightVariance(_ network: SpecMapping) throws(SpecError) -> Double? {
    guard network.optional("weightVariance") != nil else { return nil }
    let variance = try network.number("weightVariance", .positive)
    return variance == NetworkSpec.heVariance ? nil : variance
  }

  /// The crops and flips of ResNet-50's images. A fully connected network has none, because it does not see
  /// which pixels are neighbours. A block that asks for nothing is read as no block.
  private func augmentation(
    _ group: SpecMapping, _ network: NetworkSpec
  ) throws(SpecError) -> AugmentationSpec? {
    guard let node = group.optional("augmentation") else { return nil }
    guard network.kind.takesAugmentation else {
      throw .outOfRange(
        key: "augmentation", value: node.text,
        allowed: "none for a fully connected network; remove the block",
        at: node.location)
    }
    let mapping = try group.mapping("augmentation", known: ["cropPadding", "flips"])
    let augmentation = AugmentationSpec(
      cropPadding: try mapping.integer("cropPadding", atLeast: 0, atMost: 31),
      flips: try mapping.truth("flips"))
    return augmentation == AugmentationSpec(cropPadding: 0, flips: false) ? nil : augmentation
  }

  /// The measurements with their times: at zero error and later epochs, or along a timeline.
  private func scheduled(
    _ measurements: [Measure], _ group: SpecMapping, _ network: NetworkSpec
  ) throws(SpecError) -> [MeasurementSpec] {
    let later = try TimelineReader.laterEpochs(group)
    // A timeline follows the accuracy on E, and a sampled function has none.
    if group.optional("sample") != nil, group.optional("timeline") != nil {
      throw .conflict("sample", "timeline", in: group.name, at: try group.required("timeline").location)
    }
    if let timeline = try TimelineReader.timeline(group, network: network, measurements: measurements) {
      if !later.isEmpty { throw .conflict("overtraining", "timeline", in: group.name, at: group.location) }
      return [.timeline(timeline)]
    }
    return measurements.map { .atZeroError($0) }
      + later.flatMap { epochs in
        [.state(epochsPast: epochs)] + measurements.map { .network($0, .after(epochs: epochs)) }
      }
  }

  /// The block `prior`, which a group without such a measurement need not have; its likelihood is set by
  /// each measurement.
  private func prior(
    _ group: SpecMapping, _ network: NetworkSpec.Kind
  ) throws(SpecError) -> PriorSettings? {
    guard group.optional("prior") != nil else { return nil }
    let kernel: PriorSettings.Kernel = try group.mapping("prior").choice("kernel", what: "kernel")
    let prior = try group.mapping(
      "prior",
      known: ["kernel", "weightVariance", "biasVariance"]
        + (kernel == .monteCarlo ? ["initialisationsPerPoint"] : []))
    try check(kernel, of: prior, fits: network)
    return PriorSettings(
      kernel: kernel, likelihood: .heaviside,
      weightVariance: try prior.number("weightVariance", .positive),
      biasVariance: try prior.number("biasVariance", .notNegative),
      initialisationsPerPoint: kernel == .monteCarlo
        ? try prior.number("initialisationsPerPoint", .rate) : nil)
  }

  /// The measurements in the order written; generalization comes with every training and is none.
  private func measurements(
    _ group: SpecMapping, prior: PriorSettings?, points: Int
  ) throws(SpecError) -> [Measure] {
    var measurements: [Measure] = []
    var names: [String] = []
    for item in try group.list("measure") {
      let name = try item.readText(for: "measure")
      if names.contains(name) { throw .duplicate(what: "measurement", name: name, at: item.location) }
      names.append(name)
      if name == "generalization" { continue }
      let measurement = try measurement(name, item, group, prior)
      if let twin = measurements.first(where: { $0.fillsSameColumns(as: measurement) }) {
        throw .sameColumns(name, twin.name, at: item.location)
      }
      measurements.append(measurement)
    }
    guard points <= Self.largestSizeForBothLikelihoods else { return measurements }
    for case .prior(var settings) in measurements {
      for likelihood in PriorSettings.Likelihood.allCases {
        settings.likelihood = likelihood
        if !measurements.contains(.prior(settings)) { measurements.append(.prior(settings)) }
      }
    }
    return measurements
  }

  /// The measurement called `name`: one of the table's forms with what stands after the slash.
  private func measurement(
    _ name: String, _ item: SpecNode, _ group: SpecMapping, _ prior: PriorSettings?
  ) throws(SpecError) -> Measure {
    var parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let form = MeasureDefinition.forms.first { $0.name == parts[0] }
    if parts.count == 1, let plain = form?.plain { parts.append(plain) }
    func detail(isPlain: Bool = false) -> SpecNode {
      SpecNode(content: .scalar(parts[1], isPlain: isPlain), location: item.location, sources: [])
    }
    switch (form?.argument, parts.count) {
    case (.none(let measurement)?, 1): return measurement
    case (.ownRow(let kind)?, 1):
      guard let row = constants.first(where: { $0.measure.kind == kind }) else {
        throw .unknown(
          what: "row of measures in Table 1", found: name, known: constants.map(\.measure.kind.rawValue),
          at: item.location)
      }
      return .tabled(row.measure)
    case (.row(let make)?, 2):
      var settings = try detail().readName(
        for: "measure", what: "row of Table 1", among: tableOne.map { ($0.settings.row, $0.settings) })
      if group.optional("ascent") != nil {
        settings.epochs = try group.mapping("ascent", known: ["epochs"]).integer("epochs", atLeast: 1)
      }
      return make(settings)
    case (.count(_, _, let make)?, 2):
      return make(try detail(isPlain: true).readInteger(for: parts[0], atLeast: 1))
    case (.likelihood(let make)?, 2):
      let likelihood = try detail().readName(
        for: "measure", what: "likelihood",
        among: PriorSettings.Likelihood.allCases.map { ($0.rawValue, $0) })
      guard var prior else { throw .missingKey("prior", in: group.name, at: group.location) }
      prior.likelihood = likelihood
      return make(prior)
    default:
      throw .unknown(what: "measurement", found: name, known: knownMeasurements, at: item.location)
    }
  }

  private var knownMeasurements: [String] {
    ["generalization"]
      + MeasureDefinition.forms.flatMap { form in
        switch form.argument {
        case .none, .ownRow: [form.name]
        case .row: tableOne.map { "\(form.name)/\($0.settings.row)" }
        case .count(_, let example, _): ["\(form.name)/\(example)"]
        case .likelihood: PriorSettings.Likelihood.allCases.map { "\(form.name)/\($0.rawValue)" }
        }
      }
  }
}
