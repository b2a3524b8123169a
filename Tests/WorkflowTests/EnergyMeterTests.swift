import Foundation
import ReportDocuments
import TestSupport
import Testing

@testable import Workflow

@Suite("The energy of a call")
struct EnergyMeterTests {
  /// Writes the files of a domain, as Linux shows them.
  private func write(
    _ domain: String, name: String, microjoules: String, range: String = "1000", in folder: String
  )
    throws
  {
    let path = folder + "/" + domain
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (file, text) in [("name", name), ("energy_uj", microjoules), ("max_energy_range_uj", range)] {
      try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path + "/" + file))
    }
  }

  private func reason(_ meter: EnergyMeter) -> String? {
    if case .notMeasured(let reason) = meter.energy { reason } else { nil }
  }

  @Test("the packages are summed, and no part of them; a counter that begins again goes on")
  func packages() throws {
    try withTemporaryFolder { folder in
      try write("intel-rapl:0", name: "package-0", microjoules: "100", in: folder)
      try write("intel-rapl:1", name: "package-1", microjoules: "990", in: folder)
      // A part of a package, a domain of the whole platform, and the same package under another driver.
      try write("intel-rapl:0:0", name: "core", microjoules: "1", in: folder)
      try write("intel-rapl:2", name: "psys", microjoules: "1", in: folder)
      try write("intel-rapl-mmio:0", name: "package-0", microjoules: "1", in: folder)
      let meter = EnergyMeter(folder: folder)
      let reader = "RAPL: package-0, package-1"
      #expect(meter.energy == .measured(joules: 0, reader: reader))
      for domain in ["intel-rapl:0:0", "intel-rapl:2", "intel-rapl-mmio:0"] {
        try write(domain, name: domain, microjoules: "900", in: folder)
      }
      try write("intel-rapl:0", name: "package-0", microjoules: "150", in: folder)
      try write("intel-rapl:1", name: "package-1", microjoules: "5", in: folder)
      // 50, and from 990 over 1000 to 5.
      #expect(meter.energy == .measured(joules: 65e-6, reader: reader))
      // Looked at in between, a counter may begin again more than once.
      for value in ["800", "50", "150"] {
        try write("intel-rapl:0", name: "package-0", microjoules: value, in: folder)
        meter.look()
      }
      // 650, 250 and 100 more.
      #expect(meter.energy == .measured(joules: 1065e-6, reader: reader))
    }
  }

  @Test("without counters, or without one of a package, the reason is told")
  func absent() throws {
    try withTemporaryFolder { folder in
      #expect(reason(EnergyMeter(folder: folder + "/none"))?.contains("/none is not there") == true)
      #expect(reason(EnergyMeter(folder: folder))?.contains("no intel-rapl domain of a package") == true)
      try write("intel-rapl:0", name: "psys", microjoules: "1", in: folder)
      #expect(reason(EnergyMeter(folder: folder))?.contains("no intel-rapl domain of a package") == true)
    }
  }

  @Test("a counter that cannot be read, at first or later, leaves no number but the reason")
  func unreadable() throws {
    try withTemporaryFolder { folder in
      let counter = folder + "/intel-rapl:0/energy_uj"
      try write("intel-rapl:0", name: "package-0", microjoules: "1", in: folder)
      // A folder in its place cannot be read by root either.
      func replace() throws {
        try FileManager.default.removeItem(atPath: counter)
        try FileManager.default.createDirectory(atPath: counter, withIntermediateDirectories: false)
      }
      let meter = EnergyMeter(folder: folder)
      try replace()
      #expect(
        reason(meter)?.contains("\(counter) cannot be read; on most systems it is for root alone") == true)
      #expect(reason(EnergyMeter(folder: folder))?.contains("cannot be read") == true)
      try FileManager.default.removeItem(atPath: counter)
      for (text, words) in [("many", "holds no number but 'many'"), ("2000", "above max_energy_range_uj")] {
        try write("intel-rapl:0", name: "package-0", microjoules: text, in: folder)
        let meter = EnergyMeter(folder: folder)
        #expect(reason(meter)?.contains(words) == true, "\(text)")
        // It stays so.
        try write("intel-rapl:0", name: "package-0", microjoules: "1", in: folder)
        #expect(reason(meter)?.contains(words) == true, "\(text)")
      }
    }
  }

  @Test("the largest resident set is read off the process's status, in units of 1024 bytes")
  func memory() throws {
    #expect(
      PeakMemory.bytes(inStatus: "Name:\tplateau\nVmPeak:\t  9 kB\nVmHWM:\t    2088 kB\nVmRSS:\t 7 kB\n")
        == 2_138_112)
    #expect(PeakMemory.bytes(inStatus: "Name:\tplateau\n") == nil)
    let before = try #require(PeakMemory.bytes)
    let size = 64 << 20
    let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
    defer { block.deallocate() }
    block.initializeMemory(as: UInt8.self, repeating: 1, count: size)
    let after = try #require(PeakMemory.bytes)
    #expect(after >= size && after >= before)
  }
}
