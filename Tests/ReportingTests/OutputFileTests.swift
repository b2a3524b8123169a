import Foundation
import RunStorage
import TestSupport
import Testing

@testable import Reporting

@Suite("Output files")
struct OutputFileTests {
  private let folder: TemporaryFolder
  private let bytes = Data("bytes".utf8)

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  private func type(_ name: String) throws -> mode_t {
    var status = stat()
    try #require(lstat(path(name), &status) == 0)
    return status.st_mode & S_IFMT
  }

  @Test("a file is replaced, and a link stays a link to it, whether or not it is there yet")
  func files() throws {
    try folder.write([1], to: "old")
    for (link, target) in [("a", "old"), ("b", "new"), ("c", "b")] {
      try FileManager.default.createSymbolicLink(atPath: path(link), withDestinationPath: target)
      try OutputFile(path(link), inputs: []).write(bytes)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path(link)) == target)
    }
    #expect(folder.read("old") == Array(bytes) && folder.read("new") == Array(bytes))
    try OutputFile(path("below/it"), inputs: [], makesFolder: true).write(bytes)
    #expect(folder.read("below/it") == Array(bytes))
    #expect(names == ["a", "b", "below", "c", "new", "old"])
  }

  @Test("a replaced file stays as open to others as it was")
  func permissions() throws {
    try folder.write([1], to: "private")
    #expect(chmod(path("private"), 0o600) == 0)
    try OutputFile(path("private"), inputs: []).write(bytes)
    var status = stat()
    #expect(stat(path("private"), &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test("a pipe and a device are written into and stay what they are, through links too")
  func streams() throws {
    #expect(mkfifo(path("pipe"), 0o600) == 0)
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: "pipe")
    for name in ["pipe", "link"] {
      let reader = open(path("pipe"), O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      try OutputFile(path(name), inputs: []).write(bytes)
      var read = [UInt8](repeating: 0, count: 16)
      let count = Glibc.read(reader, &read, 16)
      #expect(Array(read.prefix(max(0, count))) == Array(bytes))
    }
    #expect(try type("pipe") == S_IFIFO && type("link") == S_IFLNK)
    try OutputFile("/dev/null", inputs: []).write(bytes)
    let error = #expect(throws: ReportingError.self) { try OutputFile("/dev/full", inputs: []).write(bytes) }
    #expect(error?.description.contains("No space left on device") == true)
    for device in ["/dev/null", "/dev/full"] {
      var status = stat()
      #expect(lstat(device, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }
  }

  @Test("an open file of the process is written into where it stands, and not replaced")
  func openFiles() throws {
    try folder.write(Array("before ".utf8), to: "file")
    let descriptor = open(path("file"), O_WRONLY | O_APPEND)
    defer { close(descriptor) }
    try FileManager.default.createSymbolicLink(
      atPath: path("link"), withDestinationPath: "/dev/fd/\(descriptor)")
    for name in ["/dev/fd/\(descriptor)", "/proc/self/fd/\(descriptor)", path("link")] {
      try OutputFile(name, inputs: []).write(bytes)
    }
    #expect(folder.read("file") == Array("before bytesbytesbytes".utf8))
    let reading = open(path("file"), O_RDONLY)
    defer { close(reading) }
    for number in [reading, 9999] {
      #expect(throws: ReportingError.self) { try OutputFile("/dev/fd/\(number)", inputs: []) }
    }
    #expect(try OutputFile("/dev/stdout", inputs: []).isStandardOutput)
    #expect(try !OutputFile(path("file"), inputs: []).isStandardOutput)
  }

  @Test("folders, sockets, loops of links and folders that are not there are refused, and named")
  func refused() throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // Short enough for an address of a socket.
    let place = "/tmp/plateau-\(UUID().uuidString.prefix(8))"
    defer { unlink(place) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: place.utf8) }
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(isBound == 0)
    try FileManager.default.createSymbolicLink(atPath: path("loop"), withDestinationPath: "loop")
    for path in [place, folder.path, folder.path + "/", ".", path("loop"), path("nowhere/file")] {
      let error = #expect(throws: ReportingError.self) { try OutputFile(path, inputs: []).write(bytes) }
      #expect(error?.description.hasPrefix(path + " could not be written") == true)
    }
    var status = stat()
    #expect(lstat(place, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK)
  }

  @Test("an output that is an input, or a file in one, is refused, by whatever name")
  func inputs() throws {
    let input = try folder.write([1], to: "report/metrics.json")
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: input)
    try FileManager.default.linkItem(atPath: input, toPath: path("hard"))
    for output in [input, path("link"), path("hard"), path("report/../report/metrics.json")] {
      for named in [input, path("report"), path("link")] {
        #expect(throws: ReportingError.self, "\(output) \(named)") {
          try OutputFile(output, inputs: [path("nowhere"), named])
        }
      }
    }
    try OutputFile(path("report/new.json"), inputs: [path("report")]).write(bytes)
    #expect(folder.read("report/metrics.json") == [1])
  }

  @Test("what a killed write left beside the file is removed")
  func leftOvers() throws {
    let dead = try #require(try? TemporaryEntry.folder(in: folder.path).path)
    try OutputFile(path("a"), inputs: []).write(bytes)
    #expect(!FileManager.default.fileExists(atPath: dead))
    #expect(names == ["a"])
  }
}
