import Specifications

extension RunGroupReader {
  /// Checks that a run group of ResNet-50 asks for what such networks have.
  ///
  /// - Throws: for a data set that is not CIFAR-10, Entropy-SGD, a timeline, overtraining, a kernel in closed
  ///   form, and measurements that need second derivatives or double precision.
  func checkResidual(_ group: SpecMapping, dataset: DatasetSpec) throws(SpecError) {
    for key in ["timeline", "overtraining"] {
      guard let node = group.optional(key) else { continue }
      throw .outOfRange(
        key: key, value: node.text, allowed: "none for ResNet-50; remove the block", at: node.location)
    }
    let node = try group.mapping("dataset").required("name")
    guard dataset.name == "cifar10" else {
      throw .outOfRange(
        key: "name", value: dataset.name, allowed: "cifar10 for ResNet-50, whose images have three channels",
        at: node.location)
    }
    let kind = try group.mapping("optimiser").required("kind")
    if kind.text == OptimiserSpec.Kind.entropySGD.rawValue {
      throw .outOfRange(
        key: "kind", value: OptimiserSpec.Kind.entropySGD.rawValue,
        allowed: "another optimiser for ResNet-50",
        at: kind.location)
    }
    if group.optional("prior") != nil {
      let kernel = try group.mapping("prior").required("kernel")
      if kernel.text != PriorSettings.Kernel.monteCarlo.rawValue {
        throw .outOfRange(
          key: "kernel", value: kernel.text, allowed: "monte-carlo for ResNet-50, which has no closed form",
          at: kernel.location)
      }
    }
    for item in try group.list("measure") {
      let name = try item.readText(for: "measure")
      guard name.hasPrefix("hessian/") || name.hasPrefix("sharpness-lbfgsb/") else { continue }
      throw .outOfRange(
        key: "measure", value: name, allowed: "generalization, sharpness and prior for ResNet-50",
        at: item.location)
    }
  }
}
