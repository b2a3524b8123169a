import DatasetDescriptions
import Encodings
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Datasets

@Suite("Fetching data")
struct DatasetFetcherTests {
  private let folder: TemporaryFolder
  private let server: TestHTTPServer
  private let contents = (0..<200_000).map { UInt8($0 % 251) }

  init() throws {
    folder = try TemporaryFolder()
    server = try TestHTTPServer()
  }

  /// A fetcher of one file of MNIST, `images.gz`, from these addresses.
  private func fetcher(
    _ addresses: [String], offline: Bool = false, sha256: String? = nil
  ) -> DatasetFetcher {
    let file = OfficialFile(
      name: "images.gz", sha256: sha256 ?? SHA256.hex(of: contents), contentSHA256: nil,
      addresses: addresses)
    // However busy the machine: a server of these tests that is there answers in half an hour.
    return DatasetFetcher(root: folder.path, offline: offline, patience: 1800) { _ in [file] }
  }

  private func serve(_ bytes: [UInt8], breakOffAfter: Int? = nil) {
    server.state.withLock {
      $0.files["images.gz"] = bytes
      $0.breakOffAfter = breakOffAfter
    }
  }

  private var requests: [String] { server.state.withLock { $0.requests } }

  @Test("a file is fetched whole, with progress up to its size, and not fetched again")
  func whole() async throws {
    serve(contents)
    let last = Mutex<(Int, Int?)>((0, nil))
    let fetcher = fetcher([server.address("images.gz")])
    let paths = try await fetcher.fetch(.mnist) { _, received, total in
      last.withLock { $0 = (received, total) }
    }
    #expect(paths == [folder.path + "/mnist/images.gz"])
    #expect(folder.read("mnist/images.gz") == contents)
    #expect(folder.read("mnist/images.gz.part") == nil)
    #expect(last.withLock { $0.0 == contents.count && $0.1 == contents.count })
    _ = try await fetcher.fetch(.mnist)
    #expect(requests == ["images.gz -"])
    server.close()
  }

  @Test("a transfer that broke off is gone on with, from where it stopped")
  func resume() async throws {
    try folder.write(Array(contents[..<70_000]), to: "mnist/images.gz.part")
    serve(contents)
    _ = try await fetcher([server.address("images.gz")]).fetch(.mnist)
    #expect(folder.read("mnist/images.gz") == contents)
    #expect(requests == ["images.gz 70000"])
    server.close()
  }

  @Test("what came before a connection broke is kept, and the next call goes on from there")
  func brokenConnection() async throws {
    serve(contents, breakOffAfter: 50_000)
    let fetcher = fetcher([server.address("images.gz")])
    let error = await #expect(throws: DatasetError.self) { try await fetcher.fetch(.mnist) }
    guard case .cannotDownload(.mnist, _, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(folder.read("mnist/images.gz") == nil)
    let kept = folder.read("mnist/images.gz.part")?.count ?? 0
    #expect(kept > 0 && kept <= 50_000)
    _ = try await fetcher.fetch(.mnist)
    #expect(folder.read("mnist/images.gz") == contents)
    #expect(requests == ["images.gz -", "images.gz \(kept)"])
    server.close()
  }

  @Test("a server that does not understand ranges sends the file from its beginning")
  func noRange() async throws {
    try folder.write(Array(contents[..<70_000]), to: "mnist/images.gz.part")
    serve(contents)
    server.state.withLock { $0.understandsRange = false }
    _ = try await fetcher([server.address("images.gz")]).fetch(.mnist)
    #expect(folder.read("mnist/images.gz") == contents)
    server.close()
  }

  @Test("a partial file of something else, or too long, is dropped and fetched anew")
  func foreignPartialFile() async throws {
    serve(contents)
    for bytes in [[UInt8](repeating: 1, count: 1000), contents + [1]] {
      try folder.write(bytes, to: "mnist/images.gz.part")
      _ = try await fetcher([server.address("images.gz")]).fetch(.mnist)
      #expect(folder.read("mnist/images.gz") == contents)
      try FileManager.default.removeItem(atPath: folder.path + "/mnist/images.gz")
    }
    server.close()
  }

  @Test("a partial file that is whole needs no transfer")
  func wholePartialFile() async throws {
    try folder.write(contents, to: "mnist/images.gz.part")
    _ = try await fetcher([server.address("images.gz")]).fetch(.mnist)
    #expect(folder.read("mnist/images.gz") == contents)
    #expect(requests.isEmpty)
    server.close()
  }

  @Test("a wrong digest keeps nothing, under any name")
  func wrongDigest() async throws {
    serve([1, 2, 3])
    let address = server.address("images.gz")
    let expected = SHA256.hex(of: contents)
    await #expect(
      throws: DatasetError.wrongDigest(
        name: "images.gz", address: address, expected: expected, got: SHA256.hex(of: [1, 2, 3]))
    ) { try await fetcher([address]).fetch(.mnist) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/mnist").isEmpty)
    server.close()
  }

  @Test("a mirror is asked where the official address fails")
  func mirror() async throws {
    let dead = try TestHTTPServer()
    dead.close()
    serve(contents)
    server.state.withLock { $0.files["other.gz"] = [9] }
    let addresses = [dead.address("images.gz"), server.address("other.gz"), server.address("images.gz")]
    _ = try await fetcher(addresses).fetch(.mnist)
    #expect(folder.read("mnist/images.gz") == contents)
    server.close()
  }

  @Test("an HTTP error, and a refused connection, say so and what to put where by hand")
  func unreachable() async throws {
    let missing = server.address("none.gz")
    let error = await #expect(throws: DatasetError.self) { try await fetcher([missing]).fetch(.mnist) }
    #expect(error?.description.contains("HTTP status 404") == true)
    #expect(folder.read("mnist/images.gz.part") == nil)
    server.close()
    let refused = await #expect(throws: DatasetError.self) { try await fetcher([missing]).fetch(.mnist) }
    #expect(refused?.description.contains("put by hand in \(folder.path)/mnist these files:") == true)
  }

  @Test(
    "offline, fetching fails at once and lists every file with its digest",
    arguments: [DatasetName.mnist, .fashionMNIST, .cifar10])
  func offline(name: DatasetName) async throws {
    let root = folder.path + "/new"
    let error = await #expect(throws: DatasetError.self) {
      try await DatasetFetcher(root: root, offline: true).fetch(name)
    }
    let text = error?.description ?? ""
    for file in (name.facts.files?.official ?? []) {
      #expect(text.contains("\(file.name)  SHA-256 \(file.sha256)"))
      #expect(file.sha256.count == 64)
    }
    #expect(text.contains(root))
    #expect(!FileManager.default.fileExists(atPath: root))
    server.close()
  }

  @Test("there is nothing to fetch of images that the program draws")
  func drawn() async throws {
    server.close()
    await #expect(throws: DatasetError.nothingToFetch(.drawnShapes)) {
      try await DatasetFetcher(root: folder.path).fetch(.drawnShapes)
    }
  }

  @Test("a server that does not answer is given up")
  func silence() async throws {
    let silent = try TestHTTPServer(isSilent: true)
    let file = OfficialFile(
      name: "a", sha256: "", contentSHA256: nil, addresses: [silent.address("a"), silent.address("b")])
    let fetcher = DatasetFetcher(root: folder.path, offline: false, patience: 1) { _ in [file, file] }
    let error = await #expect(throws: DatasetError.self) { try await fetcher.fetch(.mnist) }
    guard case .cannotDownload = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // Its patience is spent once: the second address, on the same server, is not tried. On a busy machine it
    // may be spent before there is a connection.
    #expect(silent.waitingClients() <= 1)
    silent.close()
    server.close()
  }

  @Test(
    "cancelling, at once or once connected, stops a transfer, says how to go on, and keeps what came",
    arguments: [false, true])
  func cancellation(connected: Bool) async throws {
    let silent = try TestHTTPServer(isSilent: true)
    try folder.write([1, 2, 3], to: "mnist/images.gz.part")
    let fetcher = fetcher([silent.address("images.gz")])
    let task = Task { try await fetcher.fetch(.mnist) }
    while connected, silent.waitingClients() == 0 { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    let partial = folder.path + "/mnist/images.gz.part"
    await #expect(throws: DatasetError.interrupted(file: "images.gz", keptIn: partial)) {
      try await task.value
    }
    #expect(folder.read("mnist/images.gz.part") == [1, 2, 3])
    silent.close()
    server.close()
  }

  @Test("a file that is there already and is another one is left alone")
  func existing() async throws {
    let path = try folder.write([1], to: "mnist/images.gz")
    await #expect(
      throws: DatasetError.existingFileDiffers(
        file: path, expected: SHA256.hex(of: contents), got: SHA256.hex(of: [1]))
    ) { try await fetcher([server.address("images.gz")]).fetch(.mnist) }
    #expect(folder.read("mnist/images.gz") == [1])
    server.close()
  }

  @Test(
    "a pipe, a device or a folder in the place of a file is refused, and stays", arguments: ["", ".part"])
  func noRegularFile(ending: String) async throws {
    let path = folder.path + "/mnist/images.gz" + ending
    try FileManager.default.createDirectory(
      atPath: folder.path + "/mnist", withIntermediateDirectories: true)
    serve(contents)
    let makers: [() throws -> Void] = [
      { #expect(mkfifo(path, 0o600) == 0) },
      { try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/null") },
      { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) },
    ]
    for make in makers {
      try make()
      await #expect(
        throws: DatasetError.cannotWrite(file: path, reason: "it is there and is no regular file")
      ) { try await fetcher([server.address("images.gz")]).fetch(.mnist) }
      try FileManager.default.removeItem(atPath: path)
    }
    #expect(requests.isEmpty)
    server.close()
  }

  @Test("a file that another process is downloading is left to it")
  func otherProcess() async throws {
    serve(contents)
    let path = try folder.write([1, 2], to: "mnist/images.gz.part")
    let other = open(path, O_RDWR)
    #expect(flock(other, LOCK_EX) == 0)
    await #expect(
      throws: DatasetError.cannotWrite(file: path, reason: "another process is downloading it")
    ) { try await fetcher([server.address("images.gz")]).fetch(.mnist) }
    #expect(folder.read("mnist/images.gz.part") == [1, 2])
    close(other)
    _ = try await fetcher([server.address("images.gz")]).fetch(.mnist)
    #expect(folder.read("mnist/images.gz") == contents)
    server.close()
  }

  @Test("a folder that cannot be written to is named")
  func cannotWrite() async throws {
    try folder.write([1], to: "mnist")
    let error = await #expect(throws: DatasetError.self) {
      try await fetcher([server.address("images.gz")]).fetch(.mnist)
    }
    guard case .cannotWrite(folder.path + "/mnist", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    server.close()
  }

  @Test("the archive of CIFAR-10 is unpacked and removed, and a broken one is reported")
  func archive() async throws {
    let source = try TemporaryFolder()
    for name in (1...5).map({ "data_batch_\($0).bin" }) + ["test_batch.bin"] {
      try source.write(
        SampleFiles.cifarRecord(label: 1, red: 0, green: 0, blue: 0), to: "cifar-10-batches-bin/\(name)")
    }
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-czf", source.path + "/a.tar.gz", "-C", source.path, "cifar-10-batches-bin"]
    try tar.run()
    tar.waitUntilExit()
    let archive = try #require(source.read("a.tar.gz"))
    server.state.withLock { $0.files = ["a.tar.gz": archive, "b.tar.gz": [1, 2, 3]] }
    func fetcher(_ name: String, _ bytes: [UInt8], root: String) -> DatasetFetcher {
      let file = OfficialFile(
        name: name, sha256: SHA256.hex(of: bytes), contentSHA256: nil, addresses: [server.address(name)]
      )
      return DatasetFetcher(root: root, offline: false, patience: 5) { _ in [file] }
    }
    let paths = try await fetcher("a.tar.gz", archive, root: folder.path).fetch(.cifar10)
    #expect(paths.count == 6)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cifar-10-batches-bin"])
    #expect(try library(root: folder.path).load(.cifar10).train.count == 5)
    let error = await #expect(throws: DatasetError.self) {
      try await fetcher("b.tar.gz", [1, 2, 3], root: source.path + "/other").fetch(.cifar10)
    }
    guard case .cannotUnpack = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    server.close()
  }
}
