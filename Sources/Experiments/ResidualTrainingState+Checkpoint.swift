import NeuralNetworks
import RunStorage
import Training

extension ResidualTrainingState {
  /// The state by its names in a checkpoint.
  var checkpoint: Checkpoint {
    Checkpoint(
      numbers: [
        "epoch": [Double(epoch)], "lossOnTrain": [lossOnTrain], "correctOnTrain": [Double(correctOnTrain)],
      ],
      arrays: [
        "parameters": network.parameters, "statistics": network.statistics, "firstMoments": firstMoments,
        "secondMoments": secondMoments,
      ])
  }

  /// The state in a checkpoint; nil where it is none of a network of this shape.
  init?(_ checkpoint: Checkpoint, shape: ResidualShape) {
    let (numbers, arrays) = (checkpoint.numbers, checkpoint.arrays)
    guard let epoch = numbers["epoch"]?.first, let loss = numbers["lossOnTrain"]?.first,
      let correct = numbers["correctOnTrain"]?.first, let parameters = arrays["parameters"],
      let statistics = arrays["statistics"], let first = arrays["firstMoments"],
      let second = arrays["secondMoments"], parameters.count == shape.program.parameterCount,
      statistics.count == shape.program.statisticCount
    else { return nil }
    self.init(
      epoch: Int(epoch), lossOnTrain: loss, correctOnTrain: Int(correct),
      network: ResidualNetwork(shape: shape, parameters: parameters, statistics: statistics),
      firstMoments: first, secondMoments: second)
  }
}
