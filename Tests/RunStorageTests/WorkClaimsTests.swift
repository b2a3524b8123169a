import Foundation
import Planning
import Synchronization
import TestSupport
import Testing

@testable import RunStorage

/// Claims on a store, by several processes of several machines; each of them is a value of ``WorkClaims`` here.
@Suite("Claims")
struct WorkClaimsTests {
  /// A file system's locks, as one machine sees those of others.
  enum Locks: CaseIterable {
    case real, missing, always

    var lock: FileLock {
      switch self {
      case .real: FileLock()
      case .missing:
        FileLock { _, _ in
          errno = ENOSYS
          return -1
        }
      case .always: FileLock { _, _ in 0 }
      }
    }
  }
  /// A clock that a test sets forward.
  final class Clock: Sendable {
    private let passed = Mutex(Duration.zero)
    private let start = ContinuousClock.now
    var now: ContinuousClock.Instant { start + passed.withLock { $0 } }
    func advance(by duration: Duration) { passed.withLock { $0 += duration } }
  }

  private let folder: TemporaryFolder
  private let key: ContentKey
  private var path: String { "\(folder.path)/claims/\(key)" }
  private static let beat = WorkClaims.beat(ofLease: .seconds(90))

  init() throws {
    folder = try TemporaryFolder()
    key = try SampleRuns.record().key
  }

  /// A process of another machine, with a clock of its own.
  private func claims(on boot: String = UUID().uuidString, clock: Clock = Clock()) -> WorkClaims {
    var claims = WorkClaims(store: folder.path)
    claims.process = ProcessName(host: boot, process: 1, boot: boot, namespace: "pid:[1]", start: "1")
    claims.watch = ClaimWatch { clock.now }
    return claims
  }

  /// A process of this machine, in another namespace than ours.
  private func neighbour() -> WorkClaims {
    var claims = claims(on: ProcessName.this.boot ?? "")
    claims.process.namespace = UUID().uuidString
    return claims
  }

  private var files: [String] { SampleRuns.files(in: folder.path) }

  /// Leaves the file of a claim of `claims` as a process that was killed does.
  private func leaveDead(_ claims: WorkClaims) throws {
    let names = try withExtendedLifetime(try #require(try claims.claim(key))) {
      try files.map { ($0, try Data(contentsOf: URL(filePath: "\(folder.path)/\($0)"))) }
    }
    for (name, bytes) in names { try bytes.write(to: URL(filePath: "\(folder.path)/\(name)")) }
  }

  @Test(
    "what is claimed cannot be claimed by another machine or namespace until it is let go, and leaves no file",
    arguments: Locks.allCases, Locks.allCases)
  func exclusive(own: Locks, other: Locks) throws {
    var (mine, theirs) = (WorkClaims(store: folder.path), claims())
    (mine.lock, theirs.lock) = (own.lock, other.lock)
    for (one, two) in [(mine, theirs), (theirs, mine), (mine, mine)] {
      let claim = try #require(try one.claim(key))
      for _ in 0..<20 { #expect(try two.claim(key) == nil) }
      #expect(files.count == 1)
      #expect(!claim.isLost)
      withExtendedLifetime(claim) {}
    }
    #expect(files == [])
    #expect(try neighbour().claim(key) != nil)
    #expect(files == [])
  }

  @Test("a neighbour in another namespace of processes does not take the claim of a living process")
  func namespaces() throws {
    let claim = try #require(try WorkClaims(store: folder.path).claim(key))
    var other = neighbour()
    for locks in [Locks.real, .missing] {
      other.lock = locks.lock
      #expect(try other.claim(key) == nil)
    }
    withExtendedLifetime(claim) {}
  }

  @Test(
    "the claim of a process of this machine that was killed is taken at once, in whatever namespace it was")
  func killed() throws {
    try leaveDead(neighbour())
    #expect(try WorkClaims(store: folder.path).claim(key) != nil)
    #expect(files == [])
    // Without locks it is the process itself that is asked for.
    var ended = WorkClaims(store: folder.path)
    ended.lock = Locks.missing.lock
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", ":"]
    try process.run()
    process.waitUntilExit()
    ended.process.process = process.processIdentifier
    try leaveDead(ended)
    var observer = WorkClaims(store: folder.path)
    observer.lock = Locks.missing.lock
    #expect(try observer.claim(key) != nil)
    // The number of a process is given again; this one began at another time.
    ended.process = .this
    ended.process.start = "0"
    try leaveDead(ended)
    #expect(try observer.claim(key) != nil)
    // In another namespace the number means nothing.
    ended.process = neighbour().process
    try leaveDead(ended)
    #expect(try observer.claim(key) == nil)
  }

  @Test(
    "a claim of another machine without a sign of life is taken after the lease, whatever the clocks say",
    arguments: [-7200.0, 0, 7200])
  func lease(modified: Double) throws {
    let clock = Clock()
    let (dead, observer) = (claims(), claims(clock: clock))
    try leaveDead(dead)
    func setBack() throws {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: modified)], ofItemAtPath: path)
    }
    try setBack()
    for _ in 0..<6 {
      #expect(try observer.claim(key) == nil)
      clock.advance(by: Self.beat)
    }
    var claim = try observer.claim(key)
    #expect(files.count == 2 && claim?.isLost == false)
    #expect(try claims().claim(key) == nil)
    #expect(try observer.owners().mapValues(\.process) == [key: observer.process])
    claim = nil
    #expect(files == [])
  }

  @Test("an observer that was suspended itself does not take what it did not look at for the sign of death")
  func suspendedObserver() throws {
    let clock = Clock()
    let observer = claims(clock: clock)
    try leaveDead(claims())
    #expect(try observer.claim(key) == nil)
    clock.advance(by: .seconds(36_000))
    #expect(try observer.claim(key) == nil)
  }

  @Test("an owner that shows signs of life keeps its claim, however long it takes")
  func living() throws {
    let clock = Clock()
    let observer = claims(clock: clock)
    var owner = claims()
    owner.lease = .milliseconds(60)
    var claim = try owner.claim(key)
    var last = try Data(contentsOf: URL(filePath: path))
    for _ in 0..<30 {
      var text = last
      // The thread that renews it may be late; the observer's time stands still meanwhile.
      while text == last { text = try Data(contentsOf: URL(filePath: path)) }
      last = text
      #expect(try observer.claim(key) == nil)
      clock.advance(by: .milliseconds(40))
    }
    #expect(claim?.isLost == false)
    claim = nil
    #expect(files == [])
  }

  @Test("an owner that was suspended for the lease loses its claim, and leaves the successor's alone")
  func suspendedOwner() throws {
    let clock = Clock()
    let (owner, observer) = (claims(), claims(clock: clock))
    var lost = try owner.claim(key)
    while try observer.claim(key) == nil { clock.advance(by: Self.beat) }
    // The successor of the loop let it go, and with it what the first had.
    #expect(files == [])
    lost?.renew()
    #expect(lost?.isLost == true)
    lost = try owner.claim(key)
    var successor: WorkClaims.Claim?
    while successor == nil {
      clock.advance(by: Self.beat)
      successor = try observer.claim(key)
    }
    let held = files
    #expect(held.count == 2)
    lost?.renew()
    #expect(lost?.isLost == true)
    lost = nil
    #expect(files == held)
    successor?.renew()
    #expect(successor?.isLost == false)
    successor = nil
    #expect(files == [])
  }

  @Test("a successor gives way where the owner wakes while it takes over; no file is left of it")
  func wakingOwner() throws {
    for isBefore in [true, false] {
      let clock = Clock()
      let owner = try #require(try claims().claim(key))
      var observer = claims(clock: clock)
      observer.link = { path, second in
        if isBefore { owner.renew() }
        defer { if !isBefore { owner.renew() } }
        return link(path, second)
      }
      for _ in 0..<7 {
        #expect(try observer.claim(key) == nil)
        clock.advance(by: Self.beat)
      }
      // Both may give way, never neither.
      #expect(owner.isLost == !isBefore)
      #expect(files == ["claims/\(key)"])
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test("a successor that was slow withdraws where another was quicker, ended, and a third began anew")
  func slowSuccessor() throws {
    try leaveDead(neighbour())
    let (quick, third) = (neighbour(), claims())
    let key = key
    let begun = Mutex<WorkClaims.Claim?>(nil)
    var slow = neighbour()
    slow.link = { path, second in
      let isTaken = (try? quick.claim(key)) != nil
      #expect(isTaken)
      begun.withLock { $0 = try? third.claim(key) }
      return link(path, second)
    }
    #expect(try slow.claim(key) == nil)
    #expect(files == ["claims/\(key)"])
    let claim = try #require(begun.withLock { $0 })
    claim.renew()
    #expect(!claim.isLost)
  }

  @Test("a successor that died before it looked again does not open the way past a living owner")
  func deadSuccessor() throws {
    let owner = try #require(try WorkClaims(store: folder.path).claim(key))
    let token = try #require(try ClaimChain(at: path).links.first?.token)
    let stray = ClaimText(ClaimOwner(process: neighbour().process, token: UUID(), lease: 90_000))
    try Data(stray.bytes).write(to: URL(filePath: ClaimChain.path(after: token, path)))
    #expect(try neighbour().claim(key) == nil)
    #expect(files.count == 2)
    // Seen from outside it could be the other way round: it gives way.
    owner.renew()
    #expect(owner.isLost)
    #expect(try neighbour().claim(key) != nil)
    #expect(files == [])
  }

  @Test("files that are no claims are as good as claims without a sign of life, and form no ring")
  func unreadable() throws {
    let clock = Clock()
    let observer = claims(clock: clock)
    for bytes in [[], Array("{}\n".utf8), [UInt8](repeating: 255, count: 99)] {
      try folder.write(bytes, to: "claims/\(key)")
      let token = try #require(try ClaimChain(at: path).links.first?.token)
      try folder.write(bytes, to: "claims/\(key).after-\(token)")
      for _ in 0..<6 {
        #expect(try observer.claim(key) == nil)
        clock.advance(by: Self.beat)
      }
      #expect(try observer.claim(key) != nil)
      #expect(files == [])
    }
  }

  @Test("where files have no second names, claims are made in another way")
  func withoutLinks() throws {
    var claims = claims()
    claims.link = { _, _ in
      errno = EPERM
      return -1
    }
    var claim = try claims.claim(key)
    #expect(try claims.claim(key) == nil)
    claim?.renew()
    #expect(claim?.isLost == false && files == ["claims/\(key)"])
    claim = nil
    #expect(files == [])
  }

  @Test("of many that race for the claims of dead owners, one at a time has each, and no file is left")
  func race() throws {
    for round in 0..<200 {
      try leaveDead(neighbour())
      if round.isMultiple(of: 3) {
        // The dead one was a successor itself.
        let first = neighbour()
        try leaveDead(first)
      }
      let inside = Atomic(0)
      let turns = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: 6) { _ in
        let claims = neighbour()
        var isDone = false
        while !isDone {
          do {
            guard let claim = try claims.claim(key) else { continue }
            #expect(inside.add(1, ordering: .sequentiallyConsistent).newValue == 1)
            turns.add(1, ordering: .relaxed)
            inside.subtract(1, ordering: .sequentiallyConsistent)
            #expect(!claim.isLost)
            isDone = true
          } catch {
            Issue.record("\(error)")
            isDone = true
          }
        }
      }
      #expect(turns.load(ordering: .relaxed) == 6)
      #expect(files == [])
    }
  }

  @Test("a store that is opened removes the claims of dead processes and what hangs on nothing, and no other")
  func leftOvers() throws {
    try leaveDead(neighbour())
    try folder.write([], to: "claims/\(key).after-\(UUID().uuidString)")
    _ = RunStore(folder: folder.path)
    #expect(files == [])
    try leaveDead(claims())
    _ = RunStore(folder: folder.path)
    #expect(files == ["claims/\(key)"])
  }
}
