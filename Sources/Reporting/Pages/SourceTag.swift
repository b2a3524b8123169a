/// The tag that says where a value comes from.
struct SourceTag {
  let tag: String
  let meaning: String

  init(_ tag: String) {
    self.tag = tag
    meaning = Self.legend.first { $0.name == tag }?.value ?? "not explained in the legend"
  }

  static let legend = [
    NamedValue(name: "P", value: "the paper’s text"),
    NamedValue(name: "C", value: "the code that its authors published"),
    NamedValue(name: "R", value: "recalled from the paper’s arXiv version"),
    NamedValue(name: "O", value: "our own choice"),
  ]
}
