import ArgumentParser
import PlainEngine
import Workflow

struct EnginesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engines",
    abstract: "Lists what can carry out ResNet-50 on this machine; checks it, and measures its speed.",
    discussion: """
      --check compares an engine with plain loops on a small residual network: outputs, gradients, steps of every \
      optimiser, the ascent, the kernel's sums. A line for each: the largest deviation, and what rounding explains. \
      Exit status 1 where one is larger.

      --speed measures ResNet-50 on random images: training steps, forward passes over S, steps of an ascent with the \
      loss over S after each, and one initialisation of a Monte-Carlo kernel over S and 2/5 as many images more. With \
      --json, one object with these keys, of which those are absent for which the time was over:
        trainingImagesPerSecond, forwardImagesPerSecond
        ascentSecondsPerStep     with the loss over S
        lossShareOfForward       the rate of that loss, over that of the forward passes
        kernelSeconds            of one initialisation
        deviceBytes              in use on the GPU at the end, where libtorch keeps what it took

      EXAMPLES
        plateau engines
        plateau engines --check --engine torch --device cuda:0
        plateau engines --speed --engine torch --device cuda:0 --seconds 100 --json
        plateau engines --speed --images 64 --batch 8                    on a processor
      """)

  @OptionGroup var engine: EngineOptions

  @Flag(help: "Compare the engine with plain loops.")
  var check = false

  @Flag(help: "Measure the engine's speed.")
  var speed = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --speed: the images of S; by default 5000.", valueName: "n"))
  var images: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --speed: the images of a training step; by default 128.", valueName: "n"))
  var batch: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --speed: the time for all of it; by default 120.", valueName: "seconds"))
  var seconds: Double?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if check && speed { throw ValidationError("--check and --speed are two calls; choose one") }
    if !check && !speed {
      try OptionUse.refuse(
        [("--engine", engine.engine != nil), ("--device", engine.device != nil)],
        with: "the list of engines; --check or --speed takes it")
    }
    if !speed {
      try OptionUse.refuse(
        [("--images", images != nil), ("--batch", batch != nil), ("--seconds", seconds != nil)],
        with: check ? "--check, whose sizes are fixed" : "the list of engines")
    }
    if let images { try OptionBounds.check("--images", images, OptionBounds.counts) }
    if let batch { try OptionBounds.check("--batch", batch, OptionBounds.counts) }
    if let seconds, !(seconds > 0 && seconds.isFinite) {
      throw ValidationError("--seconds is \(seconds); it must be above 0")
    }
    if let batch, batch > images ?? EngineSpeed.standardImages {
      throw ValidationError(
        "--batch is \(batch), more than the \(images ?? EngineSpeed.standardImages) images")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      if check { return try runCheck() }
      if speed { return try runSpeed() }
      let engines = ListedEngine.all()
      if json { return try Console.print(json: ["engines": engines]) }
      for engine in engines {
        print("\(engine.isDefault ? "*" : " ") \(engine.name)\t\(engine.description ?? "not to be had")")
        if let problem = engine.problem { print("    \(problem)") }
      }
      print("* is taken where --engine and --device name none")
    }
  }

  private func runCheck() throws {
    let factory = try engine.choice.factory()
    Console.note("plateau: \(factory.description), beside plain loops")
    let findings = try EngineCheck(factory).findings { if !json { print(EngineText.line($0)) } }
    if json {
      try Console.print(json: EngineText.CheckDocument(engine: factory.description, findings: findings))
    }
    let failed = findings.count { !$0.isSound }
    guard failed == 0 else {
      Console.note(
        """
        plateau: \(failed) of \(findings.count) comparisons failed: results of this engine on this machine cannot be \
        trusted. Look for another version of its library, or choose another by --engine or --device
        """)
      throw ExitCode(1)
    }
  }

  private func runSpeed() throws {
    let factory = try engine.choice.factory()
    Console.note("plateau: \(factory.description)")
    let interruption = Interruption()
    let answer = try EngineSpeed(
      factory, images: images ?? EngineSpeed.standardImages,
      batch: batch ?? min(EngineSpeed.standardBatch, images ?? EngineSpeed.standardImages),
      seconds: seconds ?? 120
    ).measure(isCancelled: { interruption.isRequested })
    if json { return try Console.print(json: answer) }
    for line in EngineText.lines(answer) { print(line) }
  }
}
