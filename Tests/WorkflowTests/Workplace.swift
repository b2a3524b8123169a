import Datasets
import Foundation
import Specifications
import Synchronization
import TestSupport
@testable import Workflow

/// A fresh folder with a tiny project and jobs in it, which are called in the tests' own process.
final class Workplace: Sendable {
  let folder: TemporaryFolder
  private let project: TinyProject

  /// With one text replaced in one spec of the tiny project.
  init(file: String = "", replacing old: String = "", with new: String = "") throws {
    folder = try TemporaryFolder()
    project = try TinyProject(at: folder.path + "/home", file: file, replacing: old, with: new)
  }

  var projectFolder: ProjectFolder { ProjectFolder(home: project.path, currentFolder: folder.path) }

  var places: WorkPlaces {
    WorkPlaces(
      project: projectFolder,
      images: DataRoots(
        dataOption: nil, environment: [:], currentDirectory: folder.path, homeDirectory: folder.path))
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func request(_ figures: String?, jobs: Int = 2, store: String = "store") -> WorkRequest {
    WorkRequest(profile: .smoke, chosenFigures: figures, store: path(store), jobs: jobs)
  }

  /// Stands for the program: other tests of this process map and unmap files meanwhile.
  static let program = ["/proc/self/exe"].compactMap(MappedFile.init(path:))

  /// Makes a report, and gives what was told meanwhile.
  @discardableResult
  func report(
    _ figures: String?, jobs: Int = 2, store: String = "store", to output: String = "report",
    date: String = "1970-01-01T00:00:00Z", isOfStored: Bool = false, by program: [MappedFile] = program
  ) async throws -> (outcome: ReportJob.Outcome, events: [WorkEvent]) {
    let events = Events()
    let outcome = try await ReportJob(
      request(figures, jobs: jobs, store: store), in: places, output: path(output), date: date,
      isOfStored: isOfStored, program: { program }
    ).execute(tell: { events.add($0) })
    return (outcome, events.all)
  }

  /// The files below a folder of ours, by path below it.
  func files(in name: String, endingIn suffix: String = "") -> [String] {
    var isFolder: ObjCBool = false
    return (FileManager.default.subpaths(atPath: path(name)) ?? []).filter { file in
      file.hasSuffix(suffix)
        && FileManager.default.fileExists(atPath: path("\(name)/\(file)"), isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  /// The contents of the files below a folder, `run.json` aside, which alone may differ.
  func contents(of name: String = "report") throws -> [String: Data] {
    let files = files(in: name).filter { $0 != "run.json" }
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: path("\(name)/\($0)"))))
      })
  }

  func copy(_ name: String, of other: Workplace) throws {
    try FileManager.default.copyItem(atPath: other.path(name), toPath: path(name))
  }
}

/// Events in the order in which they were told, from any thread.
final class Events: Sendable {
  private let events = Mutex<[WorkEvent]>([])

  var all: [WorkEvent] { events.withLock { $0 } }

  func add(_ event: WorkEvent) { events.withLock { $0.append(event) } }
}

extension [WorkEvent] {
  /// How many runs were finished.
  var finishedRuns: Int {
    count {
      if case .execution(.finished) = $0 { true } else { false }
    }
  }

  /// How many samples were drawn.
  var drawnSamples: Int {
    count {
      if case .execution(.sampled) = $0 { true } else { false }
    }
  }
}

/// One report on all figures of the tiny project, made once for all tests that only look at one.
enum SharedReport {
  struct Made: Sendable {
    let workplace: Workplace
    let outcome: ReportJob.Outcome
    let events: [WorkEvent]
    let contents: [String: Data]
  }
  /// Eight runs of Figure 3, one timeline, three runs to sampled functions.
  static let runCount = 12

  private static let task = Task {
    let workplace = try Workplace()
    let (outcome, events) = try await workplace.report(nil)
    return Made(
      workplace: workplace, outcome: outcome, events: events, contents: try workplace.contents())
  }

  static var made: Made { get async throws { try await task.value } }
}
