/// A place in a spec file: what an error message points at.
package struct SpecLocation: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The file's path, as it was opened.
  package var file: String
  /// The line, from 1.
  package var line: Int
  /// The column, from 1, in Unicode scalars.
  package var column: Int

  /// The place `line`:`column` of `file`.
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, which editors and terminals turn into a link.
  package var description: String { "\(file):\(line):\(column)" }
}
