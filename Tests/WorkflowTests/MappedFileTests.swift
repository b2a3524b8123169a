import Foundation
import Testing

@testable import Workflow

@Suite("The files that a process has mapped")
struct MappedFileTests {
  @Test("paths are read whole, each once, without what has none and without fontconfig's caches")
  func paths() {
    let text = """
      5581a0000000-5581a0001000 r--p 00000000 fd:00 1234                       /opt/a folder/plateau
      5581a0001000-5581a0002000 r-xp 00001000 fd:00 1234                       /opt/a folder/plateau
      7f0000000000-7f0000001000 rw-p 00000000 00:00 0
      7f0000001000-7f0000002000 r--p 00000000 fd:00 77                         /usr/lib/libm.so.6
      7f0000002000-7f0000003000 r--p 00000000 fd:00 78                         /var/cache/fontconfig/x.cache-8
      7ffc00000000-7ffc00001000 rw-p 00000000 00:00 0                          [stack]
      """
    #expect(MappedFile.paths(inMaps: text) == ["/opt/a folder/plateau", "/usr/lib/libm.so.6"])
  }

  @Test("this process has mapped its program and the C library")
  func ofProcess() throws {
    let files = try #require(MappedFile.ofProcess)
    #expect(files.contains { $0.path.contains("/libc.so") && $0.bytes > 1_000_000 })
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #expect(files.contains { $0.path == program })
  }
}
