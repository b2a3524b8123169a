import FunctionPriors
import Planning
import Specifications
import Synchronization

/// ln P(f) along a training: computed once for each function, and started from the sites of the function
/// computed before, which differs in few bits.
///
/// A class because each block of points starts from the sites that the previous block left.
final class PriorTrack: Sendable {
  /// The measurement's identity.
  let identity: String
  private let settings: PriorSettings
  private let measuring: NetworkMeasurement
  private let past = Mutex(Past())

  private struct Past {
    var known: [[UInt8]: Double?] = [:]
    var sites: SiteParameters?
  }

  init(_ settings: PriorSettings, measuring: NetworkMeasurement) {
    self.settings = settings
    self.measuring = measuring
    identity = MeasurementSpec.atZeroError(.prior(settings)).identity
  }

  /// ln P(f) of each function in nats, or nil with the reason why it could not be computed.
  func values(
    _ functions: [[UInt8]], workspaces: PriorWorkspaces
  ) -> (values: [Double?], failures: [String]) {
    past.withLock { past in
      var failures: [String] = []
      let values = functions.map { function -> Double? in
        if let known = past.known[function] { return known }
        if measuring.isCancelled() { return nil }
        var value: Double?
        do {
          let estimate = try estimate(function, start: past.sites, workspaces: workspaces)
          past.sites = estimate.sites
          if estimate.converged {
            value = estimate.logProbabilityInNats
          } else {
            failures.append("\(identity): expectation propagation had not settled; no value is used")
          }
        } catch {
          past.sites = nil
          failures.append("\(identity): \(error)")
        }
        past.known[function] = .some(value)
        return value
      }
      return (values, failures)
    }
  }

  /// If the sites of the previous function are too far away, the estimate starts without them.
  private func estimate(
    _ function: [UInt8], start: SiteParameters?, workspaces: PriorWorkspaces
  ) throws(FunctionPriorError) -> FunctionPriorEstimate {
    if let start {
      do {
        let estimate = try measuring.prior(settings, function, start: start, workspaces: workspaces)
        if estimate.converged { return estimate }
      } catch {
        if case .diverged = error {} else { throw error }
      }
    }
    return try measuring.prior(settings, function, start: nil, workspaces: workspaces)
  }
}
