import Experiments
import Flatness
import FunctionPriors
import LinearAlgebra
import RandomStreams
import SpecReading
package import Specifications

/// Every measure of a network of the user's own on its training set: all but the prior of its function, which is
/// one of a test set, too (``PriorJob``).
package struct MeasureJob: Sendable {
  private let files: NetworkFiles
  private let measures: [Named]
  private let seed: UInt64

  private let wanted: Set<String>

  private struct Named {
    let name: String
    let measure: Measure
  }

  /// What `--measures` may name, in the order in which they are measured.
  package static var names: [String] { forms.map(\.name).flatMap(numbers) + marginalLikelihoods.map(\.name) }

  /// The names of the numbers of one measure: a Hessian's spectrum gives two, all others one.
  static func numbers(of measure: String) -> [String] {
    measure == "hessian" ? [measure, "\(measure)-log-product"] : [measure]
  }

  /// The forms that need no prior, of sharpness the ascent alone.
  private static var forms: [MeasureForm] {
    MeasureDefinition.all.flatMap { definition in
      let forms = definition.forms.filter { if case .likelihood = $0.argument { false } else { true } }
      return definition.kind == .sharpness ? Array(forms.prefix(1)) : forms
    }
  }

  /// The step first, and the probit under a name of its own; with the paper's variances.
  private static let marginalLikelihoods = PriorSettings.Likelihood.allCases.map { likelihood in
    let prior = NNGPKernel()
    let measure = Measure.marginalLikelihood(
      PriorSettings(
        kernel: .nngp, likelihood: likelihood, weightVariance: prior.weightVariance,
        biasVariance: prior.biasVariance))
    return Named(
      name: measure.form + (likelihood == .heaviside ? "" : "-\(likelihood.rawValue)"), measure: measure)
  }

  /// What the table of measures says of each number, by its name in ``names``.
  package static let values: [String: MeasuredValue] = {
    let table = MeasureDefinition.all.flatMap(\.values)
    var values: [String: MeasuredValue] = [:]
    for (name, form) in forms.map({ ($0.name, $0.name) })
      + marginalLikelihoods.map({ ($0.name, $0.measure.form) })
    {
      for (number, value) in zip(numbers(of: name), table.filter { $0.forms.contains(form) }) {
        values[number] = value
      }
    }
    return values
  }()

  /// - Parameters:
  ///   - names: some of ``names``, in any order.
  ///   - project: where Table 1 is, which holds the constants.
  ///   - seed: of the order of the batches, and of noise.
  /// - Throws: `SpecError` or `ProjectFolder.NotFound` where Table 1 cannot be used.
  package init(_ files: NetworkFiles, names: [String], project: ProjectFolder, seed: UInt64) throws {
    self.files = files
    self.seed = seed
    wanted = Set(names.flatMap(Self.numbers))
    let table = try TableOne(folder: project.specs())
    measures =
      try Self.forms.filter { Self.numbers(of: $0.name).contains(where: names.contains) }.map {
        Named(name: $0.name, measure: try table.measure($0))
      } + Self.marginalLikelihoods.filter { names.contains($0.name) }
  }

  /// Measures them.
  ///
  /// - Parameter tell: called before each measure with its number, from 1, how many there are, and its name.
  /// - Throws: `SafetensorsError` or `NumpyArrayError` for a file that cannot be used; `FlatnessError` when
  ///   cancelled.
  package func execute(
    isCancelled: () -> Bool = { false },
    tell: (_ number: Int, _ count: Int, _ name: String) -> Void = { _, _, _ in }
  ) throws -> MeasureAnswer {
    let loaded = try files.load()
    // As in the runs of a report: one thread, so that the order of sums does not depend on the machine.
    BLASRuntime.threadCount = 1
    var entries: [MeasureAnswer.Entry] = []
    for (index, named) in measures.enumerated() {
      tell(index + 1, measures.count, named.name)
      do throws(FlatnessError) {
        entries += MeasureAnswer.entries(
          try measured(named.measure, loaded, isCancelled), of: named.measure, named: named.name)
      } catch {
        if error.isCancellation { throw error }
        entries += Self.numbers(of: named.name).map {
          MeasureAnswer.Entry(name: $0, value: nil, reason: error.description)
        }
      }
    }
    return MeasureAnswer(entries: entries.filter { wanted.contains($0.name) }, wrong: loaded.wrong)
  }

  private func measured(
    _ measure: Measure, _ loaded: NetworkFiles.Loaded, _ isCancelled: () -> Bool
  ) throws(FlatnessError) -> MeasurementResult {
    guard case .marginalLikelihood(let settings) = measure else {
      return try measure.flatness(
        of: loaded.network, inputs: loaded.inputs, labels: loaded.labels, key: RandomKey(seed: seed),
        isCancelled: isCancelled)
    }
    let kernel = NNGPKernel(
      hiddenLayers: loaded.network.shape.widths.count - 2, weightVariance: settings.weightVariance,
      biasVariance: settings.biasVariance)
    do throws(FunctionPriorError) {
      return MarginalLikelihood.measure(
        of: loaded.labels,
        kernel: try CovarianceKernel(
          kernel.matrix(loaded.inputs), forProbitAlone: settings.likelihood == .probit), settings.likelihood)
    } catch {
      return .failed(reason: error.description)
    }
  }
}

/// What `plateau measure` prints; with `--json` an object by the measures' names.
package struct MeasureAnswer: Encodable, Sendable {
  /// One number.
  package struct Entry: Sendable {
    /// The measure's name in specs, or that of a part of it.
    package let name: String
    /// nil, printed as null, where it could not be measured.
    package let value: Double?
    /// nil where there is none.
    package var standardError: Double?
    /// Why there is no value; nil where there is one.
    package var reason: String?
  }
  /// In the order in which they were measured.
  package let entries: [Entry]
  package let wrong: WrongLabels

  /// The numbers of one measure, ``MeasureJob/numbers(of:)``.
  static func entries(_ found: MeasurementResult, of measure: Measure, named name: String) -> [Entry] {
    switch found {
    case .sharpness(let result): [Entry(name: name, value: result.sharpness)]
    case .hessian(let result):
      [
        Entry(name: name, value: result.spectralNorm),
        Entry(
          name: MeasureJob.numbers(of: name)[1], value: result.logProduct,
          reason: result.logProduct == nil
            ? "fewer than \(measure.name.split(separator: "/").last ?? "") eigenvalues are positive" : nil),
      ]
    case .failed(let reason):
      MeasureJob.numbers(of: name).map { Entry(name: $0, value: nil, reason: reason) }
    default: [Entry(name: name, value: found.number, standardError: found.standardError)]
    }
  }

  private enum CodingKeys: CodingKey { case measures }
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
  private enum EntryKeys: CodingKey { case value, standardError, reason }

  /// `{"measures": {"sam-sharpness": {"value": …}, …}}`; `standardError` and `reason` where there is one.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    var measures = container.nestedContainer(keyedBy: Name.self, forKey: .measures)
    for entry in entries {
      var keys = measures.nestedContainer(keyedBy: EntryKeys.self, forKey: Name(stringValue: entry.name))
      try keys.encode(entry.value, forKey: .value)
      try keys.encodeIfPresent(entry.standardError, forKey: .standardError)
      try keys.encodeIfPresent(entry.reason, forKey: .reason)
    }
  }
}
