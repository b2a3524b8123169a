import NeuralNetworks

/// An engine of residual networks, as this machine has it.
package struct ListedEngine: Encodable, Sendable {
  /// Its name on the command line.
  package let name: String
  /// Whether a call that names no engine takes it here.
  package let isDefault: Bool
  /// What it is here; nil where it is not to be had.
  package let description: String?
  /// Why it is not to be had, and what to do; nil where it is.
  package let problem: String?

  /// Every engine, those that are not to be had included.
  package static func all() -> [ListedEngine] {
    let likely = EngineChoice.automatic.likely
    return EngineChoice.Kind.allCases.map { kind in
      let isDefault = kind == likely
      do throws(ConvolutionEngineError) {
        let factory = try EngineChoice(kind: kind).factory()
        return ListedEngine(
          name: kind.rawValue, isDefault: isDefault, description: factory.description, problem: nil)
      } catch {
        return ListedEngine(
          name: kind.rawValue, isDefault: isDefault, description: nil, problem: error.description)
      }
    }
  }
}
