import ArgumentParser
import Workflow

/// Which engine carries out residual networks, and where.
struct EngineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What carries out ResNet-50: onednn on the processor, or torch (make engine-torch). By default torch where there \
      are a GPU and that plug-in, and onednn elsewhere.
      """, valueName: "onednn|torch"))
  var engine: EngineChoice.Kind?

  @Option(
    help: ArgumentHelp(
      "Where --engine torch computes: cpu, or cuda:0 for the first GPU; by default a GPU where there is one.",
      valueName: "device"))
  var device: String?

  var choice: EngineChoice { EngineChoice(kind: engine, device: device) }

  func validate() throws {
    if let mistake = choice.mistake { throw ValidationError(mistake) }
  }
}

extension EngineChoice.Kind: ExpressibleByArgument {}
