import Datasets
import Encodings
import RunStorage
import Specifications

extension Runner {
  var weights: WeightsFolder { WeightsFolder(store: store.folder) }

  /// Writes the weights, S and its labels, so that any framework can check a run.
  func keepWeights(
    _ network: TrainedNetwork, of item: Survey.Item, data: DataCatalogue
  ) throws {
    let training = item.run.training
    let entry = data[training]
    let examples = entry.split.training
    let metadata = ["spec": try CanonicalJSON.text(of: training), "run": item.key.description]
    let inputs = NumpyArray.encoded(
      examples.inputs.elements, shape: [examples.count, examples.inputs.columns])
    let labels = NumpyArray.encoded(examples.labels.map(Float.init), shape: [examples.count])
    try weights.write(
      WeightsFolder.Files(
        weights: Array(network.safetensors(metadata: metadata).encoded()), inputs: Array(inputs),
        labels: Array(labels)),
      of: training, key: item.key, dataDigest: entry.digest)
  }
}
