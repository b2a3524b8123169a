import COneDNN
import NeuralNetworks

/// Makes the primitives of a pass, in order, with their arguments; the linear layer, which comes last, has
/// none (``OneDNNStorage/takeLogits(count:)``).
struct OneDNNPassBuilder {
  let context: OneDNNContext
  let storage: OneDNNStorage
  let program: LayerProgram
  let plan: GradientPlan
  let count: Int
  let mode: NormalisationMode
  let images: OneDNNMemory
  /// The forward description of each operation, which the backward ones go by.
  private var descriptions: [Int: OneDNNDescription] = [:]
  /// What the rectification of a batch norm remembers for its way back.
  private var workspaces: [Int: OneDNNMemory] = [:]

  init(
    context: OneDNNContext, storage: OneDNNStorage, program: LayerProgram, plan: GradientPlan, count: Int,
    mode: NormalisationMode, images: OneDNNMemory
  ) {
    self.context = context
    self.storage = storage
    self.program = program
    self.plan = plan
    self.count = count
    self.mode = mode
    self.images = images
  }

  /// The parameters of each operation: the number of its tensor, of its convolution, and where its statistics
  /// begin.
  private struct Position {
    var tensor = 0
    var convolution = 0
    var statistic = 0

    mutating func advance(past operation: LayerOperation, _ program: LayerProgram) {
      switch operation {
      case .convolution:
        tensor += 1
        convolution += 1
      case .normalisation(let input, _, _):
        tensor += 1
        statistic += 2 * program.activations[input].channels
      case .shortcut, .averagePool: break
      case .linear: tensor += 1
      }
    }
  }

  private func position(of index: Int) -> Position {
    var position = Position()
    for operation in program.operations[..<index] { position.advance(past: operation, program) }
    return position
  }

  private func layout(_ activation: Int) -> OneDNNLayout {
    OneDNNStorage.layout(
      program.activations[activation], isImage: activation == 0, count: count, block: storage.block)
  }

  private func activation(_ index: Int) throws(ConvolutionEngineError) -> OneDNNMemory {
    if index == 0 { return images }
    let place =
      index == program.features
      ? storage.features : storage.buffer("activation \(index)", size: program.activations[index].count)
    return try OneDNNMemory(context, layout(index), at: place.start)
  }

  private func derivative(_ buffer: Int, _ activation: Int) throws(ConvolutionEngineError) -> OneDNNMemory {
    try OneDNNMemory(
      context, layout(activation),
      at: storage.buffer("gradient \(buffer)", size: plan.bufferSizes[buffer]).start)
  }

  private func primitive(
    _ description: OneDNNDescription, _ arguments: [(Int32, OneDNNMemory)]
  ) throws(ConvolutionEngineError) -> OneDNNPrimitive {
    try OneDNNPrimitive(
      context, description, storage.scratchpad, arguments.map { (role: $0.0, memory: $0.1) })
  }

  /// Two numbers a channel as two arguments, which lie one behind the other.
  private func pair(
    _ first: Int32, _ second: Int32, _ channels: Int, at place: UnsafeMutablePointer<Float>
  ) throws(ConvolutionEngineError) -> [(Int32, OneDNNMemory)] {
    [
      (first, try OneDNNMemory(context, .vector(channels), at: place)),
      (second, try OneDNNMemory(context, .vector(channels), at: place + channels)),
    ]
  }

  /// The memories that a batch norm reads or writes in both directions: μ, σ², γ and β, and the signs of its
  /// output. β is the last one.
  private func normalisationMemories(_ index: Int, channels: Int) throws(ConvolutionEngineError) -> [(
    Int32, OneDNNMemory
  )] {
    let position = position(of: index)
    let statistics = mode == .training ? storage.batchStatistics : storage.statistics
    let mean = statistics.start + position.statistic
    let scale = storage.parameters.start + storage.offsets[position.tensor]
    return try pair(DNNL_ARG_MEAN, DNNL_ARG_VARIANCE, channels, at: mean)
      + (workspaces[index].map { [(DNNL_ARG_WORKSPACE, $0)] } ?? [])
      + pair(DNNL_ARG_SCALE, DNNL_ARG_SHIFT, channels, at: scale)
  }

  mutating func forward() throws(ConvolutionEngineError) -> [OneDNNPrimitive] {
    var primitives: [OneDNNPrimitive] = []
    for (index, operation) in program.operations.enumerated() {
      let description: OneDNNDescription
      let arguments: [(Int32, OneDNNMemory)]
      switch operation {
      case .convolution(let geometry, let input, let output):
        let position = position(of: index)
        let weights = storage.weightLayouts[position.convolution]
        description = try .convolution(
          context, geometry, input: layout(input), weights: weights, output: layout(output))
        arguments = [
          (DNNL_ARG_SRC, try activation(input)),
          (
            DNNL_ARG_WEIGHTS,
            try OneDNNMemory(
              context, weights, at: storage.parameters.start + storage.offsets[position.tensor])
          ),
          (DNNL_ARG_DST, try activation(output)),
        ]
      case .normalisation(let input, let output, let rectified):
        description = try .normalisation(context, layout(input), mode: mode, rectified: rectified)
        if rectified {
          let workspace = description.workspaceLayout
          // A bit or a byte for each output, as this batch has them: as much for each image of the largest.
          let buffer = storage.buffer("signs \(index)", size: workspace.byteCount / 4 / count + 1)
          workspaces[index] = try OneDNNMemory(context, workspace, at: buffer.start)
        }
        arguments =
          [(DNNL_ARG_SRC, try activation(input)), (DNNL_ARG_DST, try activation(output))]
          + (try normalisationMemories(index, channels: program.activations[input].channels))
      case .shortcut(let target, let shortcut):
        description = try .sum(context, layout(target), rectified: true)
        let memory = try activation(target)
        arguments = [
          (DNNL_ARG_SRC_0, memory), (DNNL_ARG_SRC_1, try activation(shortcut)), (DNNL_ARG_DST, memory),
        ]
      case .averagePool(let input, let output):
        description = try .averagePool(
          context, program.activations[input], input: layout(input), output: layout(output))
        arguments = [(DNNL_ARG_SRC, try activation(input)), (DNNL_ARG_DST, try activation(output))]
      case .linear: continue
      }
      descriptions[index] = description
      primitives.append(try primitive(description, arguments))
    }
    return primitives
  }

  mutating func backward() throws(ConvolutionEngineError) -> [OneDNNPrimitive] {
    var primitives: [OneDNNPrimitive] = []
    for step in plan.steps {
      guard let forward = descriptions[step.operation] else { continue }
      switch program.operations[step.operation] {
      case .convolution(let geometry, let input, let output):
        primitives += try convolution(step, geometry, input: input, output: output, forward: forward)
      case .normalisation(let input, let output, let rectified):
        guard let target = step.input else { continue }
        let channels = program.activations[input].channels
        let offset = storage.offsets[position(of: step.operation).tensor]
        let description = try OneDNNDescription.normalisationGradient(
          context, layout(input), mode: mode, rectified: rectified, forward: forward)
        var inputs =
          try [
            (DNNL_ARG_SRC, activation(input)), (DNNL_ARG_DIFF_DST, derivative(step.output, output)),
          ] + normalisationMemories(step.operation, channels: channels)
        // Version 2 asks for β, which the gradient does not depend on, and version 3 refuses it.
        if inputs.count > description.inputCount { inputs.removeLast() }
        primitives.append(
          try primitive(
            description,
            inputs + [(DNNL_ARG_DIFF_SRC, derivative(target, input))]
              + pair(DNNL_ARG_DIFF_SCALE, DNNL_ARG_DIFF_SHIFT, channels, at: storage.gradient.start + offset))
        )
      case .shortcut(let target, _):
        let memory = try derivative(step.output, target)
        primitives.append(
          try primitive(
            .rectificationGradient(context, layout(target)),
            [
              (DNNL_ARG_DST, try activation(target)), (DNNL_ARG_DIFF_DST, memory),
              (DNNL_ARG_DIFF_SRC, memory),
            ]))
      case .averagePool(let input, let output):
        guard let target = step.input else { continue }
        primitives.append(
          try primitive(
            .averagePoolGradient(
              context, program.activations[input], inputGradient: layout(input),
              outputGradient: layout(output),
              forward: forward),
            [
              (DNNL_ARG_DIFF_DST, try derivative(step.output, output)),
              (DNNL_ARG_DIFF_SRC, try derivative(target, input)),
            ]))
      case .linear: continue
      }
    }
    return primitives
  }

  /// The gradient of a convolution's weights, then the derivative by its input, with the sum that follows.
  private func convolution(
    _ step: GradientPlan.Step, _ geometry: ConvolutionGeometry, input: Int, output: Int,
    forward: OneDNNDescription
  ) throws(ConvolutionEngineError) -> [OneDNNPrimitive] {
    let position = position(of: step.operation)
    let offset = storage.offsets[position.tensor]
    let weights = storage.weightLayouts[position.convolution]
    let outputGradient = try derivative(step.output, output)
    var primitives = [
      try primitive(
        .convolutionWeightGradient(
          context, geometry, input: layout(input), weightGradient: weights, outputGradient: layout(output),
          forward: forward),
        [
          (DNNL_ARG_SRC, try activation(input)), (DNNL_ARG_DIFF_DST, outputGradient),
          (DNNL_ARG_DIFF_WEIGHTS, try OneDNNMemory(context, weights, at: storage.gradient.start + offset)),
        ])
    ]
    guard let target = step.input else { return primitives }
    let description = try OneDNNDescription.convolutionInputGradient(
      context, geometry, inputGradient: layout(input),
      weights: storage.backwardWeightLayouts[position.convolution] ?? .anyWeights(geometry),
      outputGradient: layout(output), forward: forward)
    let wanted = description.weightLayout
    storage.backwardWeightLayouts[position.convolution] = wanted
    var filter = try OneDNNMemory(context, weights, at: storage.parameters.start + offset)
    if wanted != weights {
      let place = storage.buffer("weights \(position.convolution)", count: wanted.byteCount / 4)
      let reordered = try OneDNNMemory(context, wanted, at: place.start)
      primitives.append(
        try primitive(
          .reorder(context, from: weights, to: wanted), [(DNNL_ARG_FROM, filter), (DNNL_ARG_TO, reordered)]))
      filter = reordered
    }
    primitives.append(
      try primitive(
        description,
        [
          (DNNL_ARG_DIFF_DST, outputGradient), (DNNL_ARG_WEIGHTS, filter),
          (DNNL_ARG_DIFF_SRC, try derivative(target, input)),
        ]))
    if let sum = step.sum {
      let memory = try derivative(sum, input)
      primitives.append(
        try primitive(
          .sum(context, layout(input), rectified: false),
          [
            (DNNL_ARG_SRC_0, memory), (DNNL_ARG_SRC_1, try derivative(target, input)), (DNNL_ARG_DST, memory),
          ]))
    }
    return primitives
  }
}
