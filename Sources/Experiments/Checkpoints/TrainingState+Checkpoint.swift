import NeuralNetworks
import Optimisers
import RunStorage
import Training

extension TrainingState {
  /// The state by its names in a checkpoint, without the network.
  private var checkpointWithoutNetwork: Checkpoint {
    Checkpoint(
      numbers: [
        "epoch": [Double(epoch)], "lossOnTrain": [lossOnTrain], "correctOnTrain": [Double(correctOnTrain)],
        "steps": [Double(optimiser.steps)], "innerSteps": [Double(optimiser.innerSteps)],
      ],
      arrays: ["first": optimiser.first, "second": optimiser.second, "inner": optimiser.inner])
  }

  /// The state in a checkpoint, with `network`; nil if the checkpoint is not of a training.
  private init?(_ checkpoint: Checkpoint, network: Network) {
    let (numbers, arrays) = (checkpoint.numbers, checkpoint.arrays)
    func count(_ name: String) -> Int? { numbers[name]?.first.flatMap { Int(exactly: $0) } }
    guard let epoch = count("epoch"), let loss = numbers["lossOnTrain"]?.first,
      let correct = count("correctOnTrain"), let steps = count("steps"),
      let innerSteps = count("innerSteps"), let first = arrays["first"],
      let second = arrays["second"], let inner = arrays["inner"]
    else { return nil }
    self.init(
      epoch: epoch, lossOnTrain: loss, correctOnTrain: correct, network: network,
      optimiser: OptimiserMemory(
        steps: steps, innerSteps: innerSteps, first: first, second: second, inner: inner))
  }
}

extension TrainingState<ResidualNetwork> {
  /// The state by its names in a checkpoint.
  var checkpoint: Checkpoint {
    var checkpoint = checkpointWithoutNetwork
    checkpoint.arrays["parameters"] = network.parameters
    checkpoint.arrays["statistics"] = network.statistics
    return checkpoint
  }

  /// The state in a checkpoint; nil if it belongs to a network of another shape.
  init?(_ checkpoint: Checkpoint, shape: ResidualShape) {
    guard let parameters = checkpoint.arrays["parameters"], let statistics = checkpoint.arrays["statistics"],
      parameters.count == shape.program.parameterCount, statistics.count == shape.program.statisticCount
    else { return nil }
    self.init(
      checkpoint, network: ResidualNetwork(shape: shape, parameters: parameters, statistics: statistics))
  }
}

extension TrainingState<FullyConnectedNetwork> {
  /// The state by its names in a checkpoint.
  var checkpoint: Checkpoint {
    var checkpoint = checkpointWithoutNetwork
    checkpoint.arrays["parameters"] = network.parameters
    return checkpoint
  }

  /// The state in a checkpoint; nil if it belongs to a network of another shape.
  init?(_ checkpoint: Checkpoint, shape: FullyConnectedShape) {
    guard let parameters = checkpoint.arrays["parameters"], parameters.count == shape.parameterCount
    else { return nil }
    self.init(checkpoint, network: FullyConnectedNetwork(shape: shape, parameters: parameters))
  }
}
