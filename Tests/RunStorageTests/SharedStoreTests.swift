import Foundation
import Synchronization
import TestSupport
import Testing

@testable import RunStorage

@Suite("Processes that share a store")
struct SharedStoreTests {
  @Test("a lock that fails is an error; one that is interrupted, missing or only for files is dealt with")
  func locks() throws {
    try withTemporaryFolder { folder in
      func lock(_ codes: Int32...) -> FileLock {
        let left = Mutex(codes)
        return FileLock { descriptor, operation in
          guard let code = left.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
            return flock(descriptor, operation)
          }
          errno = code
          return -1
        }
      }
      for code in [ENOLCK, EIO] {
        let error = #expect(throws: StorageError.self) { _ = try FolderLock(folder, lock: lock(code)) }
        #expect(error == .system(operation: "lock", path: folder, code: code))
      }
      var interrupted: FolderLock? = try FolderLock(folder, lock: lock(EINTR, EINTR))
      #expect(try interrupted != nil && FolderLock(trying: folder) == nil)
      interrupted = nil
      // Without locks nobody waits.
      for code in [ENOSYS, EOPNOTSUPP] {
        let without = try FolderLock(folder, lock: lock(code))
        #expect(try FolderLock(trying: folder) != nil)
        withExtendedLifetime(without) {}
      }
      // NFS: the file in the folder is locked.
      let held = try FolderLock(folder, lock: lock(EBADF))
      let file = open("\(folder)/.plateau-lock", O_RDWR)
      defer { close(file) }
      #expect(try FileLock().take(file, folder, waits: false) == .isHeld)
      #expect(try FolderLock(trying: folder) != nil)
      withExtendedLifetime(held) {}
    }
  }

  @Test("several that find one damaged file set it aside once, and none of them fails")
  func damageSeenByMany() throws {
    try SampleRuns.withFolder { folder in
      let record = try SampleRuns.record()
      for _ in 0..<20 {
        let store = RunStore(folder: folder)
        try store.write(record)
        try SampleRuns.overwrite(store, record.key, [1, 2, 3])
        let found = Mutex<[Stored<RunRecord>]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
          do {
            let stored = try store.read(record.key)
            found.withLock { $0.append(stored) }
          } catch {
            Issue.record("\(error)")
          }
        }
        let all = found.withLock { $0 }
        #expect(all.count { if case .damaged = $0 { true } else { false } } == 1)
        #expect(all.count { $0 == .missing } == 3)
      }
    }
  }

  @Test("a good file that comes between the look at a damaged one and its removal keeps its place")
  func damageReplaced() throws {
    try SampleRuns.withFolder { folder in
      let record = try SampleRuns.record()
      let good = try record.fileContents()
      let store = RunStore(folder: folder)
      try store.write(record)
      // On another machine the lock of the folder does nothing.
      let isOver = Atomic(false)
      DispatchQueue.concurrentPerform(iterations: 2) { worker in
        do {
          if worker == 0 {
            for _ in 0..<1500 {
              try SampleRuns.overwrite(store, record.key, [1, 2, 3])
              try Data(good).write(to: URL(filePath: store.path(for: record.key)), options: .atomic)
            }
            isOver.store(true, ordering: .relaxed)
          } else {
            while !isOver.load(ordering: .relaxed) { _ = try store.read(record.key) }
          }
        } catch {
          Issue.record("\(error)")
          isOver.store(true, ordering: .relaxed)
        }
      }
      #expect(try store.read(record.key) == .found(record))
      let damaged = SampleRuns.files(in: "\(folder)/damaged")
      let lost = try damaged.filter { name in
        try Array(Data(contentsOf: URL(filePath: "\(folder)/damaged/\(name)"))) == good
      }
      #expect(lost == [])
    }
  }

  @Test("many that make temporary folders while others remove left-over ones all get theirs, and keep it")
  func temporaryFolders() throws {
    try withTemporaryFolder { folder in
      DispatchQueue.concurrentPerform(iterations: 8) { worker in
        for _ in 0..<200 {
          do {
            if worker.isMultiple(of: 2) {
              TemporaryEntry.removeLeftOvers(in: folder)
            } else {
              let entry = try TemporaryEntry.folder(in: folder)
              #expect(FileManager.default.createFile(atPath: entry.path + "/a", contents: nil))
              withExtendedLifetime(entry) { try? FileManager.default.removeItem(atPath: entry.path) }
            }
          } catch {
            Issue.record("\(error)")
          }
        }
      }
    }
  }

  @Test("who waits for a claim waits until it is let go, or until it is cancelled")
  func waiting() throws {
    try SampleRuns.withFolder { folder in
      let claims = WorkClaims(store: folder)
      let key = try SampleRuns.record().key
      var hasWaited = false
      let inner = try claims.holding(key, isCancelled: { false }, waiting: { Issue.record("waited") }) { _ in
        #expect(try claims.claim(key) == nil)
        return try claims.holding(key, isCancelled: { hasWaited }, waiting: { hasWaited = true }) { _ in
          Issue.record("claimed twice")
          return 1
        }
      }
      #expect(inner == nil && hasWaited)
      #expect(try claims.holding(key, isCancelled: { false }, waiting: {}) { _ in 2 } == 2)
      #expect(SampleRuns.files(in: folder) == [])
    }
  }
}
