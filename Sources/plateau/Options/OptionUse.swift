import ArgumentParser

/// Options that have no effect beside others.
enum OptionUse {
  /// Refuses the first of `options` that was given.
  ///
  /// - Parameter reason: the option with which they do nothing, and why.
  static func refuse(_ options: [(name: String, isGiven: Bool)], with reason: String) throws {
    guard let option = options.first(where: \.isGiven) else { return }
    throw ValidationError("\(option.name) does nothing with \(reason): leave it out")
  }
}
