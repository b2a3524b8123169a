/// Finds a figure's label and anchor by its id.
struct FigureLabels {
  /// A link to a figure's section, or the bare id where this report does not have the figure.
  struct Link {
    let label: String
    let href: String?
    /// What stands between this link and the next.
    var separator = ""
  }
  private let labels: [String: String]

  init(_ sections: [FigureSection]) {
    labels = Dictionary(sections.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
  }

  func link(_ id: String) -> Link {
    labels[id].map { Link(label: $0, href: "#" + id) } ?? Link(label: id, href: nil)
  }

  func links(_ ids: [String]) -> [Link] {
    ids.enumerated().map { index, id in
      var link = link(id)
      link.separator = index == ids.count - 1 ? "" : ", "
      return link
    }
  }
}
