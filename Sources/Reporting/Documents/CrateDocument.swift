import Encodings
import Foundation
import Specifications

/// `ro-crate-metadata.json`: the report as a research object (RO-Crate 1.1), for archives and their
/// harvesters.
///
/// The root data set lists every file with its size and digest (`run.json`, which is not content, without
/// them). By the profile Process Run Crate 0.5 each figure is the result of one `CreateAction` whose
/// instrument is plateau and whose objects are the seed, the specs and the data; a run that failed is an
/// action that failed. When and by whom is not content: `run.json` says when.
struct CrateDocument {
  private static let profile = "https://w3id.org/ro/wfrun/process/0.5"

  let content: ReportContent
  /// Path below the report's folder → bytes, of every file but this one, `run.json` and `SHA256SUMS`.
  let files: [String: Data]

  var json: JSONValue {
    .object([
      "@context": .array([
        .text("https://w3id.org/ro/crate/1.1/context"),
        .object(["sha256": .text("https://schema.org/sha256")]),
      ]),
      "@graph": .array(
        [descriptor, root, profile, software, licence, seed, paper.entity] + datasets + actions + failures
          + fileEntities),
    ])
  }

  private var descriptor: JSONValue {
    .object([
      "@id": .text("ro-crate-metadata.json"),
      "@type": .text("CreativeWork"),
      "about": reference("./"),
      "conformsTo": reference("https://w3id.org/ro/crate/1.1"),
    ])
  }

  private var root: JSONValue {
    let paths = files.keys.sorted() + ["run.json"]
    return .object([
      "@id": .text("./"),
      "@type": .text("Dataset"),
      "name": .text(content.title),
      "description": .text("\(content.subtitle) Profile \(content.profile.name), seed \(content.seed)."),
      "datePublished": .text(content.datePublished),
      "license": reference(content.licence.address),
      "citation": reference(paper.id),
      "conformsTo": reference(Self.profile),
      "hasPart": .array(paths.map(reference)),
      "mentions": .array(
        content.sections.map { reference("#make-\($0.id)") } + failedRuns.map { reference($0.id) }),
    ])
  }

  private var profile: JSONValue {
    .object([
      "@id": .text(Self.profile),
      "@type": .text("CreativeWork"),
      "name": .text("Process Run Crate"),
      "version": .text("0.5"),
    ])
  }

  private var seed: JSONValue {
    .object([
      "@id": .text("#seed"),
      "@type": .text("PropertyValue"),
      "name": .text("seed"),
      "value": .text(String(content.seed)),
    ])
  }

  /// What a figure was made from besides its data.
  private func inputs(_ figure: FigureSection) -> [JSONValue] {
    let specs = ["\(figure.id).yml", "table1.yml", "claims.yml"].map { "source/figures/\($0)" }
    return [reference("#seed")] + specs.filter { files[$0] != nil }.map(reference)
  }

  /// The runs that failed, each measurement of one by itself.
  private var failedRuns: [(id: String, note: RunNote)] {
    content.notes.filter { $0.kind == .failed }.enumerated().map { ("#failed-\($0.offset + 1)", $0.element) }
  }

  private var failures: [JSONValue] {
    failedRuns.map { id, note in
      .object([
        "@id": .text(id),
        "@type": .text("CreateAction"),
        "name": .text("\(note.run), of \(note.figure)"),
        "description": .text("Run \(note.key)"),
        "instrument": reference("#plateau"),
        "object": .array([reference("#seed")]),
        "actionStatus": .text("http://schema.org/FailedActionStatus"),
        "error": .text(note.detail),
      ])
    }
  }

  private var software: JSONValue {
    .object([
      "@id": .text("#plateau"),
      "@type": .text("SoftwareApplication"),
      "name": .text("plateau"),
      "softwareVersion": .text(content.plateauVersion),
    ])
  }

  private var licence: JSONValue {
    .object([
      "@id": .text(content.licence.address),
      "@type": .text("CreativeWork"),
      "name": .text(content.licence.name),
      "description": .text(content.licence.statement),
    ])
  }

  /// The paper, under its address.
  private var paper: (id: String, entity: JSONValue) {
    let paper = Bibliography.paper
    let id = paper.address ?? "#paper"
    return (
      id,
      .object([
        "@id": .text(id),
        "@type": .text("ScholarlyArticle"),
        "name": .text(paper.title),
      ])
    )
  }

  private var datasets: [JSONValue] {
    // Two names of the same bytes are one entity.
    var seen: Set<String> = []
    return content.datasets.filter { seen.insert($0.sha256).inserted }.map {
      .object([
        "@id": .text("#data-\($0.sha256)"),
        // Not a `Dataset`: a crate's data sets are parts of it, and this one was only read.
        "@type": .text("CreativeWork"),
        "name": .text($0.name),
        "description": .text($0.summary),
        "identifier": .text("sha256:\($0.sha256)"),
      ])
    }
  }

  private var actions: [JSONValue] {
    let known = Set(content.datasets.map(\.sha256))
    return content.sections.map { figure in
      let results =
        ["png", "svg", "pdf"].map { "figures/\(figure.id).\($0)" }
        + figure.tables.map { "data/\(figure.id)\($0.suffix).csv" }
      let used = figure.provenance.data.filter { known.contains($0.sha256) }
      return .object([
        "@id": .text("#make-\(figure.id)"),
        "@type": .text("CreateAction"),
        "name": .text("Make \(figure.label): \(figure.title)"),
        "description": .text(figure.provenance.command),
        "instrument": reference("#plateau"),
        "object": .array(inputs(figure) + used.map { reference("#data-\($0.sha256)") }),
        "actionStatus": .text("http://schema.org/CompletedActionStatus"),
        "result": .array(results.map(reference)),
      ])
    }
  }

  private var fileEntities: [JSONValue] {
    let described: [JSONValue] = files.sorted { $0.key < $1.key }.map { path, data in
      .object([
        "@id": .text(path),
        "@type": .text("File"),
        "name": .text(path),
        "encodingFormat": .text(Self.mediaType(path)),
        "contentSize": .text("\(data.count)"),
        "sha256": .text(SHA256.hex(of: Array(data))),
      ])
    }
    let run: JSONValue = .object([
      "@id": .text("run.json"),
      "@type": .text("File"),
      "name": .text("run.json"),
      "description": .text(
        "Host, times and versions of the making of this report; not part of its content."),
      "encodingFormat": .text("application/json"),
    ])
    return described + [run]
  }

  private func reference(_ id: String) -> JSONValue { .object(["@id": .text(id)]) }

  private static func mediaType(_ path: String) -> String {
    switch path.split(separator: ".").last {
    case "html": "text/html"
    case "css": "text/css"
    case "csv": "text/csv"
    case "png": "image/png"
    case "svg": "image/svg+xml"
    case "pdf": "application/pdf"
    case "json": "application/json"
    case "yml", "cff": "application/yaml"
    case "md": "text/markdown"
    case "mustache": "text/plain"
    default: "application/octet-stream"
    }
  }
}
