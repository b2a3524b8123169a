import Foundation
import FunctionPriors
import LinearAlgebra
import RunStorage
import Specifications
import TestSupport
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Data and kernels of a plan")
struct CatalogueTests {
  private func spec() -> DatasetSpec {
    DatasetSpec(name: .mnist, task: .digits0to4Versus5to9, train: 4, attackPool: 1, test: 2)
  }

  @Test("a normalisation reaches S, A and E, and one of another number of channels is an error")
  func normalisation() throws {
    var normalised = spec()
    normalised.normalisation = NormalisationSpec(mean: [0.25], standardDeviation: [0.5])
    let (plain, scaled) = (spec(), normalised)
    let data = try DataCatalogue(specs: [plain, scaled], library: SmallRuns.library)
    func training(_ dataset: DatasetSpec) -> TrainingSpec {
      TrainingSpec(
        dataset: dataset, network: NetworkSpec(kind: .fcn, hidden: [2], biasStandardDeviation: 1),
        optimiser: OptimiserSpec(rule: .sgd, learningRate: 1, batch: 1), attackSize: 0, sample: 0,
        stop: StopSpec(at: .zeroErrorOnTrain, epochs: 1), seed: 1)
    }
    let (before, after) = (data[training(plain)], data[training(scaled)])
    // The digest is that of the images, which are the same; the specs tell the runs apart.
    #expect(before.digest == after.digest)
    for part in [\AttackSetSplit.training, \.attackPool, \.test] {
      let expected = before.split[keyPath: part].inputs.elements.map { ($0 - 0.25) / 0.5 }
      // Both are rounded to Float32, once or twice: 2⁻²² is a few units in the last place of 1.5.
      #expect(zip(after.split[keyPath: part].inputs.elements, expected).allSatisfy { abs($0 - $1) < 0x1p-22 })
    }
    normalised.normalisation = NormalisationSpec(mean: [0, 0, 0], standardDeviation: [1, 1, 1])
    #expect(throws: DatasetError.channelMismatch(.mnist, channels: 1, normalised: 3)) {
      try DataCatalogue(specs: [normalised], library: SmallRuns.library)
    }
  }

  @Test("more images than there are is an error with both numbers")
  func tooFewImages() throws {
    let greedy = DatasetSpec(
      name: .mnist, task: .digits0to4Versus5to9, train: 4000, attackPool: 500, test: 501)
    let found = #expect(throws: DatasetError.self) {
      try DataCatalogue(specs: [greedy], library: SmallRuns.library)
    }
    #expect(found?.description.contains("5001") == true)
    #expect(found?.description.contains("5000") == true)
  }

  /// A library whose MNIST is these images of 2 × 3 pixels.
  private func library(_ images: [[UInt8]], in folder: TemporaryFolder) throws -> DatasetLibrary {
    let count = UInt8(images.count)
    let pixels: [UInt8] = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 3] + images.flatMap { $0 }
    let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, count] + images.indices.map { UInt8($0) }
    try Data(pixels).write(to: URL(fileURLWithPath: folder.path + "/train-images-idx3-ubyte"))
    try Data(labels).write(to: URL(fileURLWithPath: folder.path + "/train-labels-idx1-ubyte"))
    return DatasetLibrary(
      roots: DataRoots(named: [(folder.path, "--data")], others: [], fetchFolder: folder.path))
  }

  private let images: [[UInt8]] = [
    [250, 0, 10, 90, 0, 3], [0, 200, 0, 7, 60, 80], [30, 30, 90, 200, 1, 0], [9, 100, 250, 0, 0, 40],
    [70, 0, 0, 0, 220, 5], [0, 0, 60, 60, 0, 250], [120, 120, 0, 0, 90, 0],
  ]

  @Test("two equal images make a typed error that names the pivot, before any network is trained")
  func duplicateImages() async throws {
    let folder = try TemporaryFolder()
    var repeated = images
    repeated[3] = repeated[1]
    let library = try library(repeated, in: folder)
    let plan = SmallRuns.plan(dataset: spec(), attackSizes: [0], epochs: 1)
    let data = try DataCatalogue(specs: [spec()], library: library)
    let survey = try Survey(plan: plan, data: data, store: folder.store)
    let error = await #expect(throws: ExperimentError.self) {
      try await Runner(store: folder.store, jobs: 1, engines: engines[0]).execute(survey, data: data)
    }
    guard case .badKernel("mnist", .unusableKernel(.notPositiveDefinite(3, 6, let pivot, let jitter))) = error
    else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(abs(pivot) < 1e-12)
    #expect(jitter > 0)
    #expect(error?.description.contains("row 3") == true)
    #expect(folder.files(endingIn: ".json").isEmpty)
  }

  @Test("an image of S that comes again in A troubles nothing: the kernel is over S and E")
  func duplicateInAttackPool() async throws {
    let folder = try TemporaryFolder()
    var repeated = images
    // S is 0…3, the pool of A is 4, E is 5 and 6.
    repeated[4] = repeated[1]
    let library = try library(repeated, in: folder)
    let data = try DataCatalogue(specs: [spec()], library: library)
    let plan = SmallRuns.plan(dataset: spec(), attackSizes: [0, 1], epochs: 1)
    let survey = try Survey(plan: plan, data: data, store: folder.store)
    let records = try await Runner(store: folder.store, jobs: 1, engines: engines[0]).execute(
      survey, data: data)
    #expect(records.map { $0.results.measurements.count } == [3, 3])
    #expect(records.allSatisfy { $0.results.training.function.count == 6 })
  }
}
