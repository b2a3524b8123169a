import Flatness
import RunStorage

extension SharpnessAscentState {
  /// The state by its names in a checkpoint.
  var checkpoint: Checkpoint {
    Checkpoint(
      numbers: ["steps": [Double(steps)], "loss": [loss], "maximumLoss": [maximumLoss], "trace": trace],
      arrays: ["parameters": parameters])
  }

  /// The state in a checkpoint; nil if the checkpoint is not of an ascent.
  init?(_ checkpoint: Checkpoint) {
    let numbers = checkpoint.numbers
    guard let steps = numbers["steps"]?.first.flatMap({ Int(exactly: $0) }),
      let loss = numbers["loss"]?.first,
      let maximum = numbers["maximumLoss"]?.first, let trace = numbers["trace"],
      let parameters = checkpoint.arrays["parameters"]
    else { return nil }
    self.init(steps: steps, parameters: parameters, loss: loss, maximumLoss: maximum, trace: trace)
  }
}
