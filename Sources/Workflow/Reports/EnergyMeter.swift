import Foundation
import ReportDocuments
import Synchronization

/// Takes the energy that the machine's processors use from the moment it is made, with all programs on the machine.
///
/// Read from the counters of RAPL (running average power limit), which Linux shows in a folder for each domain, under
/// Intel's name on AMD's processors too (Linux's documentation, *Power Capping Framework*). The domains of whole
/// packages are summed; memory, disks and GPUs are no part of them. A counter starts again from 0 above its largest
/// value, at some 65 or 262 kJ, which a package takes many minutes for; so it is looked at each minute.
final class EnergyMeter: Sendable {
  /// Where Linux has the domains.
  static let folder = "/sys/class/powercap"

  /// One package's counter, in microjoules.
  private struct Domain {
    let folder: String
    let name: String
    /// The counter's largest value.
    let range: UInt64
    var last: UInt64
  }
  private struct State {
    var domains: [Domain] = []
    var microjoules: UInt64 = 0
    /// Why there is no number, and will be none.
    var failure: String?
  }
  private struct Unreadable: Error { let reason: String }
  private let state: Mutex<State>

  /// - Parameter folder: that of the domains.
  init(folder: String = EnergyMeter.folder) {
    var state = State()
    do throws(Unreadable) {
      state.domains = try Self.packages(in: folder)
    } catch {
      state.failure = error.reason
    }
    self.state = Mutex(state)
    // A thread of its own: runs keep every thread of the task pool busy. It ends with the meter.
    if state.failure == nil {
      Thread.detachNewThread { [weak self] in
        while self?.look() != nil { Thread.sleep(forTimeInterval: 60) }
      }
    }
  }

  /// What has been used so far.
  var energy: RunCost.Energy {
    look()
    return state.withLock { state in
      if let reason = state.failure { return .notMeasured(reason: reason) }
      return .measured(
        joules: 1e-6 * Double(state.microjoules),
        reader: "RAPL: \(state.domains.map(\.name).joined(separator: ", "))")
    }
  }

  /// Reads the counters, and adds what they have moved since the last time.
  func look() {
    state.withLock { state in
      guard state.failure == nil else { return }
      do throws(Unreadable) {
        for index in state.domains.indices {
          let domain = state.domains[index]
          let now = try Self.number(in: domain.folder + "/energy_uj")
          guard max(now, domain.last) <= domain.range else {
            throw Unreadable(reason: "\(domain.folder)/energy_uj is above max_energy_range_uj")
          }
          state.microjoules += now >= domain.last ? now - domain.last : domain.range - domain.last + now
          state.domains[index].last = now
        }
      } catch {
        state.failure = error.reason
      }
    }
  }

  /// The domains of whole packages, by name.
  private static func packages(in folder: String) throws(Unreadable) -> [Domain] {
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw Unreadable(reason: "\(folder) is not there: the system shows no counters of energy")
    }
    var domains: [Domain] = []
    // Parts of a package are named with a second number, as in intel-rapl:0:1.
    for entry in entries.sorted() where entry.wholeMatch(of: /intel-rapl:[0-9]+/) != nil {
      let path = folder + "/" + entry
      let name = try text(in: path + "/name")
      guard name.hasPrefix("package") else { continue }
      domains.append(
        Domain(
          folder: path, name: name, range: try number(in: path + "/max_energy_range_uj"),
          last: try number(in: path + "/energy_uj")))
    }
    guard !domains.isEmpty else {
      throw Unreadable(reason: "\(folder) holds no intel-rapl domain of a package")
    }
    return domains
  }

  private static func text(in path: String) throws(Unreadable) -> String {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Unreadable(reason: "\(path) cannot be read; on most systems it is for root alone")
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func number(in path: String) throws(Unreadable) -> UInt64 {
    let text = try text(in: path)
    guard let number = UInt64(text) else {
      throw Unreadable(reason: "\(path) holds no number but '\(text.prefix(40))'")
    }
    return number
  }
}
