extension FullyConnectedNetwork {
  /// The network as tensors `layers.0.weight` `[out, in]`, `layers.0.bias` `[out]`, `layers.1.weight`, …:
  /// the layout of PyTorch's `Linear`.
  package func safetensors(metadata: [String: String]) -> SafetensorsFile {
    var tensors: [String: SafetensorsFile.Tensor] = [:]
    for layer in 0..<shape.layerCount {
      tensors["layers.\(layer).weight"] = .init(
        shape: [shape.widths[layer + 1], shape.widths[layer]],
        elements: Array(parameters[shape.weightRange(layer)]))
      tensors["layers.\(layer).bias"] = .init(
        shape: [shape.widths[layer + 1]], elements: Array(parameters[shape.biasRange(layer)]))
    }
    return SafetensorsFile(tensors: tensors, metadata: metadata)
  }

  /// Reads a network from such a file; `path` is named in errors.
  package init(_ file: SafetensorsFile, path: String) throws(SafetensorsError) {
    func bad(_ reason: String) -> SafetensorsError { .notANetwork(path: path, reason: reason) }
    var widths: [Int] = []
    var parameters: [Float] = []
    var used = 0
    while let weight = file.tensors["layers.\(used).weight"] {
      let name = "layers.\(used).weight"
      guard weight.shape.count == 2, weight.shape.allSatisfy({ $0 > 0 }) else {
        throw bad("\(name) has shape \(weight.shape), expected [out, in]")
      }
      if let last = widths.last, weight.shape[1] != last {
        throw bad("\(name) takes \(weight.shape[1]) inputs, but the layer before gives \(last)")
      }
      guard let bias = file.tensors["layers.\(used).bias"] else {
        throw bad("layers.\(used).bias is missing")
      }
      guard bias.shape == [weight.shape[0]] else {
        let hint = bias.shape == [weight.shape[1]] ? ": is the weight transposed?" : ""
        throw bad(
          "layers.\(used).bias has shape \(bias.shape), but \(name) is \(weight.shape), [out, in]\(hint)")
      }
      guard weight.elements.allSatisfy(\.isFinite), bias.elements.allSatisfy(\.isFinite) else {
        throw bad("layer \(used) holds a NaN or an infinity")
      }
      if widths.isEmpty { widths.append(weight.shape[1]) }
      widths.append(weight.shape[0])
      parameters += weight.elements + bias.elements
      used += 1
    }
    guard used > 0 else {
      let names = file.tensors.keys.sorted()
      let shown = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
      throw bad(
        "layers.0.weight is missing; "
          + (names.isEmpty ? "it holds no tensor" : "it holds \(shown): rename them"))
    }
    guard file.tensors.count == 2 * used else {
      let expected = Set((0..<used).flatMap { ["layers.\($0).weight", "layers.\($0).bias"] })
      let extra = file.tensors.keys.filter { !expected.contains($0) }.sorted().joined(separator: ", ")
      throw bad("it also holds \(extra)")
    }
    guard widths.last == 1 else { throw bad("its last layer has \(widths.last ?? 0) outputs, expected 1") }
    self.init(
      shape: FullyConnectedShape(inputs: widths[0], hidden: Array(widths[1..<used])), parameters: parameters)
  }
}
