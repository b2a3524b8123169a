package import Specifications

/// The figures that a command line asks for.
package enum FigureSelection {
  /// The figures named in `list`, such as "3,5,S4", in the order of `figures`; upper and lower case are
  /// the same, and a figure named twice counts once.
  ///
  /// - Throws: ``SpecError/unknownFigure(_:known:)`` with the ids that there are.
  package static func figures(
    _ list: String, among figures: [FigureSpec]
  ) throws(SpecError) -> [FigureSpec] {
    var wanted: Set<String> = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.filter { !$0.isWhitespace }
      guard let figure = figures.first(where: { $0.id.lowercased() == name.lowercased() }) else {
        throw .unknownFigure(name, known: figures.map(\.id))
      }
      wanted.insert(figure.id)
    }
    return figures.filter { wanted.contains($0.id) }
  }
}
