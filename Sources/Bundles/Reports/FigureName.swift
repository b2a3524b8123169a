/// What documents call a figure, and what specs and people do.
package enum FigureName {
  /// The name in documents of the figure that specs call `id`: `fig3` for `3`.
  static func name(of id: String) -> String { "fig" + id }

  /// What specs call the figure of this name: `3` for `fig3`.
  package static func id(of name: String) -> String { String(name.dropFirst("fig".count)) }
}
