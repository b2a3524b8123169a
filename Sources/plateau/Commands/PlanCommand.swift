import ArgumentParser
import Workflow

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Lists what would be executed: stored and missing runs, and the estimated time.",
    discussion: """
      EXAMPLES
        plateau plan --profile paper
        plateau plan --figures 3,S5
        plateau plan --profile paper --cores 512 --cores-per-node 64     on a cluster
        plateau plan --profile paper --cores 512 --gpus 8              with GPUs for ResNet-50
        plateau plan --profile paper --json
        plateau plan --profile paper --json --device cuda
      """)

  @OptionGroup var work: WorkOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Also tell how long so many cores of a cluster would take.", valueName: "n"))
  var cores: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Also tell how long so many GPUs of a cluster would take for ResNet-50, and the cores for the rest.",
      valueName: "n"))
  var gpus: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The cores of a node of that cluster; by default those of this machine.", valueName: "n"))
  var coresPerNode: Int?

  @Flag(help: "Print one JSON object: every piece of work with its key, class, seconds, memory and state.")
  var json = false

  func validate() throws {
    if let cores { try OptionBounds.check("--cores", cores, 1...100_000_000) }
    if let coresPerNode { try OptionBounds.check("--cores-per-node", coresPerNode, OptionBounds.jobs) }
    if let gpus { try OptionBounds.check("--gpus", gpus, 1...1_000_000) }
    if cores == nil, gpus == nil, coresPerNode != nil, !json {
      throw ValidationError("--cores-per-node does nothing without --cores, --gpus or --json")
    }
    if json, cores != nil { throw ValidationError("--json lists the pieces; leave --cores out") }
    if json, gpus != nil {
      throw ValidationError("--json lists the pieces; leave --gpus out, --device cuda gives those for GPUs")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      let progress = ProgressBar()
      // The pieces are those of a cluster, and this machine need not have its engine.
      let workload = try Workload(
        json ? work.request.planned : work.request, in: work.places, tell: { progress.record($0) })
      func overview(hasGPUs: Bool) throws -> WorkOverview {
        try WorkOverview(
          workload, coresOfNode: coresPerNode, hasGPUs: hasGPUs, tell: { progress.record($0) })
      }
      if json {
        return try Console.print(json: Pieces(overview(hasGPUs: work.request.engine.isForGPU)))
      }
      let plan = PlanSummary(workload, tell: { progress.record($0) })
      print("figure  runs  cached  missing  time on \(work.request.jobs) at once")
      for figure in plan.figures { print(text(figure.id, figure.row)) }
      print(text("all", plan.all))
      for sample in plan.samples {
        let state = sample.isCached ? "cached" : "missing"
        print(
          "sample of \(sample.spec.samples) networks of \(sample.spec.variables) Boolean variables: \(state)")
      }
      for dataset in plan.datasets { print("\(dataset.name): \(dataset.summary)") }
      if let engine = plan.engine { print("ResNet-50: \(engine)") }
      for refusal in plan.refusals { print(refusal) }
      if cores != nil || gpus != nil { show(try overview(hasGPUs: gpus != nil)) }
    }
  }

  private func show(_ overview: WorkOverview) {
    for share in overview.shares {
      let unit = share.isOfGPU ? "GPUs" : "cores"
      print(
        "\(share.name): \(share.pieces) pieces, \(ProgressText.clock(share.seconds)) of \(unit), the longest "
          + ProgressText.clock(share.longest))
    }
    if overview.isMeasuredOnGPU == false {
      print("gpu: counted, not measured: Float32 without TF32 at half of the 67 TFLOP/s of an H100 or H200")
    }
    let cores = cores ?? WorkOverview.coresHere
    print(
      "on \(cores) cores" + (gpus.map { " and \($0) \($0 == 1 ? "GPU" : "GPUs")" } ?? "")
        + ": about \(ProgressText.clock(overview.seconds(onCores: cores, gpus: gpus ?? 1)))")
  }

  /// What --json prints.
  private struct Pieces: Encodable {
    let pieces: [WorkOverview.Piece]
    /// "measured" or "counted"; absent without pieces for GPUs.
    let gpuRates: String?

    init(_ overview: WorkOverview) {
      pieces = overview.pieces
      gpuRates = overview.isMeasuredOnGPU.map { $0 ? "measured" : "counted" }
    }
  }

  private func text(_ name: String, _ row: PlanSummary.Row) -> String {
    TextColumn.right(name, 6) + TextColumn.right("\(row.runs)", 6) + TextColumn.right("\(row.cached)", 8)
      + TextColumn.right("\(row.missing)", 9) + "  "
      + (row.seconds.map { "about " + ProgressText.clock($0) } ?? "–")
  }
}
