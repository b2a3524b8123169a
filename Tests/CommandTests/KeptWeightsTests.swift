import Datasets
import Encodings
import Foundation
import LinearAlgebra
import NeuralNetworks
import Planning
import RunStorage
import TestSupport
import Testing

/// The first run of Figure S5 with its weights, read back by this program and by another.
@Suite("Kept weights", .ofPrograms)
struct KeptWeightsTests {
  private let program: Program

  init() throws { program = try Program() }

  private struct Kept {
    let record: RunRecord
    let weights: String
    let inputs: String
    let labels: String
  }

  private func keptRun() throws -> Kept {
    // The ascent of the run on the whole of S, so that the order of its batches does not count.
    let home = try TinyProject(
      at: program.path("home"), file: "table1.yml",
      replacing: "mnist-fcn: {box: 1e-4, batch: 16, learningRate: 1e-3, epochs: 3}",
      with: "mnist-fcn: {box: 1e-4, batch: 40, learningRate: 1e-3, epochs: 100}")
    let outcome = try program.run(
      "run", "--profile", "smoke", "--figures", "S5", "--keep-weights",
      environment: ["PLATEAU_HOME": home.path])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let store = RunStore(folder: program.path("store"))
    let records = try program.files(in: "store/runs", endingIn: ".json").compactMap { name -> RunRecord? in
      let key = try #require(ContentKey(String(name.suffix(69).prefix(64))))
      guard case .found(let record) = try store.read(key) else { throw CocoaError(.fileReadCorruptFile) }
      return record.spec.attackSize == 0 && record.spec.sample == 0 ? record : nil
    }
    let record = try #require(records.first)
    func file(_ suffix: String) throws -> String {
      program.path(
        "store/weights/" + (try #require(program.files(in: "store/weights", endingIn: suffix).first)))
    }
    let weights = WeightsFolder(store: store.folder).path(for: record.key)
    #expect(FileManager.default.fileExists(atPath: weights))
    return Kept(
      record: record, weights: weights, inputs: try file("-inputs.npy"), labels: try file("-labels.npy"))
  }

  @Test("plateau sharpness finds the sharpness that the run recorded")
  func sharpness() throws {
    struct Answer: Decodable {
      let sharpness: Double
      let log10Sharpness: Double
      let loss: Double
      let maximumLoss: Double
      let method: String
      let box: Double
      let epochs: Int
    }
    let kept = try keptRun()
    let outcome = try program.run(
      "sharpness", "--weights", kept.weights, "--inputs", kept.inputs, "--labels", kept.labels,
      "--batch", "40", "--json")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(
      Set(object?.keys.map { $0 } ?? [])
        == ["sharpness", "log10Sharpness", "loss", "maximumLoss", "method", "box", "epochs"])
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    let measurements = kept.record.results.measurements
    let identity = try #require(measurements.keys.first { $0.hasPrefix("sharpness/mnist-fcn/") })
    guard case .sharpness(let result) = measurements[identity] else {
      Issue.record("\(identity) is no sharpness")
      return
    }
    let loss = try #require(result.loss)
    let sharpness = try #require(result.sharpness)
    // The same sums of Float32, in another blocking at most.
    #expect(abs(answer.loss - loss) < 1e-6 * loss)
    // The examples of a step come in another order, which is rounding in the gradient, and turns the few weights
    // whose gradient is next to none.
    #expect(abs(answer.sharpness - sharpness) < 1e-3 * sharpness)
    #expect(abs(answer.sharpness - 100 * (answer.maximumLoss - answer.loss) / (1 + answer.loss)) < 1e-9)
    #expect(abs(answer.log10Sharpness - log10(answer.sharpness)) < 1e-12)
    #expect(answer.method == "sgd")
    #expect(answer.box == 1e-4)
    #expect(answer.epochs == 100)

    let text = try program.run(
      "sharpness", "--weights", kept.weights, "--inputs", kept.inputs, "--labels", kept.labels, "--epochs",
      "1")
    #expect(text.status == 0)
    #expect(text.output.contains("sharpness = "))
    #expect(text.output.contains("1 epochs of sgd"))
  }

  @Test(
    "input that cannot be used ends with status 2, its name and what is wrong",
    arguments: [
      ("missing.safetensors", "X.npy", "y.npy", "missing.safetensors"),
      ("X.npy", "X.npy", "y.npy", "X.npy is not a safetensors file"),
      ("short.safetensors", "X.npy", "y.npy", "short.safetensors is cut short"),
      ("nan.safetensors", "X.npy", "y.npy", "NaN"),
      ("skew.safetensors", "X.npy", "y.npy", "layers.1.weight takes 5"),
      ("two.safetensors", "X.npy", "y.npy", "2 outputs"),
      ("W.safetensors", "missing.npy", "y.npy", "missing.npy"),
      ("W.safetensors", "wide.npy", "y.npy", "expected [n, 2]"),
      ("W.safetensors", "nan.npy", "y.npy", "nan.npy: element 1"),
      ("W.safetensors", "X.npy", "y2.npy", "y2.npy has shape [2]"),
      ("W.safetensors", "X.npy", "bad.npy", "element 2 (counted from 0) is 3"),
      ("W.safetensors", "X.npy", "missing.npy", "missing.npy"),
    ])
  func unusable(weights: String, inputs: String, labels: String, expected: String) throws {
    func network(_ inner: Int = 3, outputs: Int = 1, bias: Float = 0.5) -> Data {
      SampleFiles.safetensors([
        ("layers.0.weight", [3, 2], [1, -1, 0.5, 2, 0, 1]), ("layers.0.bias", [3], [0, bias, 0]),
        ("layers.1.weight", [outputs, inner], Array(repeating: 0.5, count: outputs * inner)),
        ("layers.1.bias", [outputs], Array(repeating: 0, count: outputs)),
      ])
    }
    try program.write(network(), to: "W.safetensors")
    try program.write(network().dropLast(2), to: "short.safetensors")
    try program.write(network(bias: .nan), to: "nan.safetensors")
    try program.write(network(5), to: "skew.safetensors")
    try program.write(network(outputs: 2), to: "two.safetensors")
    try program.write(SampleFiles.npy([1, 2, 3, 4, 5, 6], shape: [3, 2]), to: "X.npy")
    try program.write(SampleFiles.npy([1, 2, 3, 4, 5, 6], shape: [2, 3]), to: "wide.npy")
    try program.write(SampleFiles.npy([1, .nan, 3, 4, 5, 6], shape: [3, 2]), to: "nan.npy")
    try program.write(SampleFiles.npy(labels: [0, 1, 1]), to: "y.npy")
    try program.write(SampleFiles.npy(labels: [0, 1]), to: "y2.npy")
    try program.write(SampleFiles.npy(labels: [0, 1, 3]), to: "bad.npy")
    let sound = try program.run(
      "sharpness", "--weights", "W.safetensors", "--inputs", "X.npy", "--labels", "y.npy")
    #expect(sound.status == 0, "\(sound.errors)")
    let outcome = try program.run("sharpness", "--weights", weights, "--inputs", inputs, "--labels", labels)
    let hessian = try program.run("hessian", "--weights", weights, "--inputs", inputs, "--labels", labels)
    for outcome in [outcome, hessian] {
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains(expected), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test(
    "the safetensors package reads the weights, and NumPy finds the run's function with them",
    .enabled(
      if: Python.executable != nil,
      "no Python with the safetensors package: pip install safetensors numpy, or into .test-venv in the repository"
    ))
  func python() throws {
    let kept = try keptRun()
    // S and E as the run had them; the machine may have a data set that comes before the built-in one.
    let roots = DataRoots(
      dataOption: nil, environment: [:], currentDirectory: program.folder, homeDirectory: program.folder)
    let split = try AttackSetSplit(
      DatasetLibrary(roots: roots).load(.mnist), task: .digits0to4Versus5to9, training: 40, attackPool: 40,
      test: 60)
    let all = split.training.inputs.appendingRows(of: split.test.inputs)
    try program.write(NumpyArray.encoded(all.elements, shape: [all.rows, all.columns]), to: "all.npy")

    let answer = try Python.run(
      Self.script, [kept.weights, kept.inputs, kept.labels, program.path("all.npy")])
    let network = try FullyConnectedNetwork(SafetensorsFile(path: kept.weights), path: kept.weights)
    let widths = network.shape.widths
    for layer in 0..<network.shape.layerCount {
      #expect(answer.shapes["layers.\(layer).weight"] == [widths[layer + 1], widths[layer]])
      #expect(answer.shapes["layers.\(layer).bias"] == [widths[layer + 1]])
      let weights = network.parameters[network.shape.weightRange(layer)]
      // Float32 to Float64 and decimal and back loses nothing.
      let corners = [try #require(weights.first), try #require(weights.last)].map { Double($0) }
      #expect(answer.corners["layers.\(layer).weight"] == corners)
    }
    #expect(answer.shapes.count == 2 * network.shape.layerCount)
    #expect(answer.metadata["run"] == kept.record.key.description)
    #expect(answer.metadata["spec"] == (try CanonicalJSON.text(of: kept.record.spec)))

    let training = kept.record.results.training
    #expect(answer.logits.count == 100)
    // Nearer to 0 than Float32 can tell, either bit would be right.
    #expect(answer.logits.allSatisfy { abs($0) > 1e-5 })
    #expect(answer.logits.map { $0 >= 0 ? "1" : "0" }.joined() == training.function)
    let loss = try #require(training.lossOnTrain)
    // Logits in Float32: some roundings of 6e-8 each.
    #expect(abs(answer.loss - loss) < 1e-6 * loss)
  }

  private static let script = """
    import json, sys
    import numpy
    from safetensors import safe_open
    from safetensors.numpy import load_file
    weights, inputs, labels, everything = sys.argv[1:]
    tensors = load_file(weights)
    with safe_open(weights, framework="numpy") as file:
        metadata = file.metadata()
    def logits(x):
        z = x.astype("float64")
        last = len(tensors) // 2 - 1
        for n in range(last + 1):
            z = z @ tensors[f"layers.{n}.weight"].T.astype("float64") + tensors[f"layers.{n}.bias"]
            z = numpy.maximum(z, 0) if n < last else z[:, 0]
        return z
    z, y = logits(numpy.load(inputs)), numpy.load(labels)
    print(json.dumps({
        "shapes": {name: list(tensor.shape) for name, tensor in tensors.items()},
        "corners": {name: [float(tensor.flat[0]), float(tensor.flat[-1])] for name, tensor in tensors.items()},
        "metadata": metadata,
        "logits": logits(numpy.load(everything)).tolist(),
        "loss": float(numpy.mean(numpy.logaddexp(0, z) - y * z)),
    }))
    """
}
