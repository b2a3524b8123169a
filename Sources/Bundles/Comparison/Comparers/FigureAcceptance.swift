import Specifications

/// What was accepted of one figure, as far as it applies to two reports.
struct FigureAcceptance {
  /// The entries of the figure's file.
  private let all: [AcceptedEntry]
  /// Those that apply.
  private let entries: [AcceptedEntry]
  /// Why each of the others does not, by place.
  private let hindrances: [String: String]

  /// - Parameters:
  ///   - figure: nil where nothing was accepted of the figure.
  ///   - profiles: those of the two reports.
  ///   - data: the digests of the figure's data.
  init(_ figure: AcceptedFigure?, profiles: (String, String), data: [Judged<ValueComparison>]) {
    all = figure?.entries ?? []
    let found = Set(data.map { [$0.name, $0.before, $0.after] })
    hindrances = Dictionary(
      all.compactMap { entry -> (String, String)? in
        if entry.profile != profiles.0 || entry.profile != profiles.1 {
          return (entry.place, "it is of the \(entry.profile) profile")
        }
        let named = Set((entry.texts[.data] ?? []).map { [$0.name, $0.old, $0.new] })
        return named == found ? nil : (entry.place, "it is of other data")
      }, uniquingKeysWith: { first, _ in first })
    entries = all.filter { [hindrances] in hindrances[$0.place] == nil }
  }

  /// `judged`, accepted if it makes the reports differ and an entry has it among `changes` as `isMet` asks.
  func accepting<Part, Value>(
    _ judged: Judged<Part>, among changes: (AcceptedEntry) -> [AcceptedChange<Value>]?, named name: String,
    isMet: (AcceptedChange<Value>) -> Bool
  ) -> Judged<Part> {
    guard judged.counts else { return judged }
    let entry = entries.first { entry in
      (changes(entry) ?? []).contains { $0.name == name && isMet($0) }
    }
    return entry.map { judged.accepted(by: Acceptance($0)) } ?? judged
  }

  /// Values of one kind, those accepted that change just as an entry says.
  func accepting(
    _ values: [Judged<ValueComparison>], _ kind: AcceptedEntry.Kind,
    isSame: (String?, String?) -> Bool = { $0 == $1 }
  ) -> [Judged<ValueComparison>] {
    values.map { value in
      accepting(value, among: { $0.texts[kind] }, named: value.name) {
        isSame($0.old, value.before) && isSame($0.new, value.after)
      }
    }
  }

  /// What each entry had to do with the figure.
  func uses(in figure: FigureComparison, isInBoth: Bool) -> [AcceptedUse] {
    let parts = Dictionary(figure.namedJudgements, uniquingKeysWith: { first, _ in first })
    return all.map { entry in
      let acceptance = Acceptance(entry)
      let hindrance = isInBoth ? hindrances[entry.place] : "only one of the reports has this figure"
      let unmet = entry.namedChanges.filter { name in
        guard let judgement = parts[name] else { return true }
        return judgement.counts || judgement.comparison == .identical
      }
      return AcceptedUse(
        figure: figure.id, acceptance: acceptance,
        accepted: parts.values.count { $0.accepted == acceptance }, unmet: hindrance == nil ? unmet : [],
        unused: hindrance)
    }
  }
}

extension FigureComparison {
  /// Every part that an entry can name, as ``AcceptedEntry/namedChanges`` does.
  fileprivate var namedJudgements: [(String, Judgement)] {
    let values: [(AcceptedEntry.Kind, [Judged<ValueComparison>])] = [
      (.data, data), (.revisions, revisions), (.settings, settings), (.verdicts, verdicts),
    ]
    return values.flatMap { kind, values in values.map { ("\(kind.rawValue) \($0.name)", $0.judgement) } }
      + tables.map { ("\(AcceptedEntry.Kind.tables.rawValue) \($0.file)", $0.judgement) }
      + [picture].compactMap { $0 }.map {
        ("\(AcceptedEntry.Kind.pictures.rawValue) \($0.file)", $0.judgement)
      }
      + statistics.map { ($0.id, $0.judgement) }
  }
}

extension AcceptedEntry {
  /// The name of everything that the entry says has changed; that of a statistic is its id.
  var namedChanges: [String] {
    Kind.allCases.flatMap { kind in
      (texts[kind] ?? []).filter { $0.old != $0.new }.map { "\(kind.rawValue) \($0.name)" }
    } + statistics.map(\.name)
  }
}
