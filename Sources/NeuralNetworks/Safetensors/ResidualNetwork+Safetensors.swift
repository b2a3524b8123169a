extension ResidualNetwork {
  /// A tensor of the file: its name, its shape, and where its numbers lie.
  private struct Place {
    let name: String
    let shape: [Int]
    let start: Int
    /// Whether it is a running mean or variance, and no parameter.
    let isStatistic: Bool

    var range: Range<Int> { start..<start + shape.reduce(1, *) }
  }

  /// The tensors of such a network, with the names and shapes of PyTorch's torchvision.
  private static func places(of shape: ResidualShape) -> [Place] {
    let program = shape.program
    var places: [Place] = []
    var (start, statistic) = (0, 0)
    var names = shape.names[...]
    func append(_ name: String, _ lengths: [Int]) {
      places.append(Place(name: name, shape: lengths, start: start, isStatistic: false))
      start += lengths.reduce(1, *)
    }
    for operation in program.operations {
      switch operation {
      case .convolution(let geometry, _, _):
        append(
          "\(names.removeFirst()).weight",
          [geometry.outputs, geometry.input.channels, geometry.kernel, geometry.kernel])
      case .normalisation(let input, _, _):
        let (name, channels) = (names.removeFirst(), program.activations[input].channels)
        append("\(name).weight", [channels])
        append("\(name).bias", [channels])
        for part in ["running_mean", "running_var"] {
          places.append(
            Place(name: "\(name).\(part)", shape: [channels], start: statistic, isStatistic: true))
          statistic += channels
        }
      case .shortcut, .averagePool: break
      case .linear(let input, _):
        let name = names.removeFirst()
        append("\(name).weight", [1, program.activations[input].count])
        append("\(name).bias", [1])
      }
    }
    return places
  }

  /// The network as tensors `conv1.weight` `[out, in, kernel, kernel]`, `bn1.weight`, `bn1.bias`,
  /// `bn1.running_mean`, `bn1.running_var`, `layer1.0.conv1.weight`, …, `fc.weight` `[1, features]`,
  /// `fc.bias`: the names of PyTorch's torchvision, without its `num_batches_tracked`.
  package func safetensors(metadata: [String: String]) -> SafetensorsFile {
    var tensors: [String: SafetensorsFile.Tensor] = [:]
    for place in Self.places(of: shape) {
      tensors[place.name] = .init(
        shape: place.shape, elements: Array((place.isStatistic ? statistics : parameters)[place.range]))
    }
    return SafetensorsFile(tensors: tensors, metadata: metadata)
  }

  /// Reads a network of the given shape from such a file; `path` is named in errors. PyTorch's
  /// `num_batches_tracked` may be there and is not used.
  package init(_ file: SafetensorsFile, shape: ResidualShape, path: String) throws(SafetensorsError) {
    var parameters = [Float](repeating: 0, count: shape.program.parameterCount)
    var statistics = [Float](repeating: 0, count: shape.program.statisticCount)
    let places = Self.places(of: shape)
    for place in places {
      guard let tensor = file.tensors[place.name], tensor.shape == place.shape else {
        throw .notAResidualNetwork(
          path: path,
          reason:
            "\(place.name) is \(file.tensors[place.name].map { "of shape \($0.shape)" } ?? "missing"), expected \(place.shape)"
        )
      }
      guard tensor.elements.allSatisfy(\.isFinite) else {
        throw .notAResidualNetwork(path: path, reason: "\(place.name) holds a NaN or an infinity")
      }
      if place.isStatistic {
        statistics.replaceSubrange(place.range, with: tensor.elements)
      } else {
        parameters.replaceSubrange(place.range, with: tensor.elements)
      }
    }
    let known = Set(places.map(\.name))
    let extra = file.tensors.keys.filter { !known.contains($0) && !$0.hasSuffix(".num_batches_tracked") }
    guard extra.isEmpty else {
      throw .notAResidualNetwork(
        path: path, reason: "it also holds \(extra.sorted().joined(separator: ", "))")
    }
    self.init(shape: shape, parameters: parameters, statistics: statistics)
  }
}
