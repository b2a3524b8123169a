import Foundation
import Planning
import Synchronization
import TestSupport
import Testing

@testable import RunStorage

/// Calls that share a store, on file systems that are none of the best.
@Suite("Calls that share a store", .ofPrograms)
struct SharedStoreTests {
  private let program: Program
  init() throws { program = try Program() }

  /// Has `flock` fail as on a file system without locks, in the process that loads the library at this path.
  private func libraryWithoutLocks() throws -> String {
    let source = """
      #include <errno.h>
      int flock(int descriptor, int operation) { errno = ENOSYS; return -1; }
      """
    try program.write(source.utf8, to: "locks.c")
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "clang", "-shared", "-fPIC", "-o", program.path("locks.so"), program.path("locks.c"),
    ]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0, "clang, which comes with Swift, does not compile C")
    return program.path("locks.so")
  }

  private func executed(_ outcome: Program.Outcome) throws -> Int {
    let text = try #require(outcome.output.split(separator: "executed now: ").last, "\(outcome.output)")
    return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)), "\(outcome.output)")
  }

  @Test("two processes in two namespaces, without locks of files: each run is executed by one of them")
  func namespaces() throws {
    let home = try TinyProject(
      at: program.path("home"), file: "fig3.yml", replacing: "samplesPerSize: 2", with: "samplesPerSize: 12")
    let library = try libraryWithoutLocks()
    let namespace = geteuid() == 0 ? "unshare" : "unshare --user --map-root-user"
    let calls = try (0..<2).map { _ in
      try program.start(
        ["run", "--profile", "smoke", "--figures", "2,3", "--jobs", "2"],
        environment: ["PLATEAU_HOME": home.path],
        after: """
          exec \(namespace) --pid --fork --mount-proc env LD_PRELOAD='\(library)' "$0" "$@"
          """)
    }
    let outcomes = try calls.map { try $0.outcome() }
    for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.errors)") }
    let runs = program.files(in: "store/runs", endingIn: ".json").count
    #expect(runs == 41)
    #expect(try outcomes.map { try executed($0) }.reduce(0, +) == runs)
    #expect(program.files(in: "store/claims") == [])
  }

  @Test("a process that is suspended for the lease loses its run to another, and goes on when that is done")
  func suspended() throws {
    try program.writeEndlessSpecs()
    let running = try program.start(["run", "--jobs", "1"], environment: ["PLATEAU_HOME": program.folder])
    defer { running.send(SIGKILL) }
    func claimed() -> Set<ContentKey> { Set(program.files(in: "store/claims").compactMap { ContentKey($0) }) }
    func stored() -> Int { program.files(in: "store/runs", endingIn: ".json").count }
    // The run that is stored first ends at once, the others take hours.
    #expect(running.wait(until: { stored() == 1 && claimed().count == 1 }))
    usleep(100_000)
    let key = try #require(claimed().first)
    running.send(SIGSTOP)

    let clock = Mutex(ContinuousClock.now)
    var other = WorkClaims(store: program.path("store"))
    other.watch = ClaimWatch { clock.withLock { $0 } }
    for _ in 0..<6 {
      #expect(try other.claim(key) == nil)
      clock.withLock { $0 += .seconds(15) }
    }
    let successor = try #require(try other.claim(key))
    running.send(SIGCONT)
    // It notices at its next beat, and takes another run.
    #expect(running.wait(until: { claimed().count == 2 }))
    #expect(running.isRunning && !successor.isLost && stored() == 1)
    #expect(program.files(in: "store/checkpoints").allSatisfy { !$0.contains(key.description) })
    withExtendedLifetime(successor) {}
    running.send(SIGINT)
    #expect(try running.outcome().status == 2)
  }
}
