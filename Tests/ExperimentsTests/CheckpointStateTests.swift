import NeuralNetworks
import Flatness
import RunStorage
import Testing
import Training

@testable import Experiments

@Suite("States in checkpoints")
struct CheckpointStateTests {
  private static let arrays: [String: [Float]] = [
    "parameters": [1, 2], "first": [], "second": [], "inner": [],
  ]
  private static let numbers: [String: [Double]] = [
    "epoch": [3], "lossOnTrain": [0.5], "correctOnTrain": [1], "steps": [7], "innerSteps": [0], "loss": [0.1],
    "maximumLoss": [0.2], "trace": [],
  ]

  @Test(
    "counts that are no whole number that an Int holds are no state", arguments: [1e300, -1e300, .nan, 0.5])
  func counts(value: Double) throws {
    let shape = FullyConnectedShape(inputs: 1, hidden: [])
    let whole = Checkpoint(numbers: Self.numbers, arrays: Self.arrays)
    #expect(TrainingState<FullyConnectedNetwork>(whole, shape: shape)?.epoch == 3)
    #expect(SharpnessAscentState(whole)?.steps == 7)
    for name in ["epoch", "correctOnTrain", "steps", "innerSteps"] {
      var spoilt = whole
      spoilt.numbers[name] = [value]
      #expect(TrainingState<FullyConnectedNetwork>(spoilt, shape: shape) == nil)
      if name == "steps" { #expect(SharpnessAscentState(spoilt) == nil) }
    }
  }
}
