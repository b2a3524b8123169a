/// Facts about this build, for provenance.
package enum BuildFacts {
  /// The version of plateau, as in CHANGELOG.md.
  package static let plateauVersion = "0.1.0"

  /// The version of each Swift package the program is built with, by name: those that Package.swift pins.
  package static let packages = [
    "swift-argument-parser": "1.8.2", "swift-mustache": "2.1.1", "Yams": "6.2.2",
  ]

  /// The instruction set the program was built for.
  package static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "other"
    #endif
  }

  /// The Swift release the program was built with, as far as the compiler can tell.
  package static var swiftVersion: String {
    #if swift(>=6.4)
      "6.4 or later"
    #elseif swift(>=6.3)
      "6.3"
    #elseif swift(>=6.2)
      "6.2"
    #else
      "6.1"
    #endif
  }
}
