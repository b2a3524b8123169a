/// A place in a spec file: what an error message points at.
public struct SpecLocation: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The file's path, as it was opened.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in Unicode scalars.
  public var column: Int

  /// The place `line`:`column` of `file`.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, which editors and terminals turn into a link.
  public var description: String { "\(file):\(line):\(column)" }
}
