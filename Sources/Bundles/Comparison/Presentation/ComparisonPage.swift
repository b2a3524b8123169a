import Figures

/// What the template `diff` may name, with the parts of the page below it.
///
/// The template engine looks outwards where a name is absent or nil, so an optional here never has the name
/// of a property further out.
struct ComparisonPage: Sendable {
  let outcome: String
  let isSame: Bool
  let isDiffers: Bool
  let isIncomparable: Bool
  let verdictWords: String
  let reasons: [String]
  let hasReasons: Bool
  let remarks: [String]
  let hasRemarks: Bool
  let sides: [SideView]
  let statisticCounts: String
  let leftOut: String?
  let accepted: [String]
  let hasAccepted: Bool
  let glance: [GlanceView]
  let hasGlance: Bool
  let figures: [ComparedFigureView]
  let facts: [ValueView]
  let hasFacts: Bool

  /// - Parameter movesSizes: the size of the chart of moves of each figure that has one, in CSS pixels.
  init(_ shown: ShownComparison, movesSizes: [String: (width: Int, height: Int)]) {
    let comparison = shown.whole
    outcome = comparison.outcome.rawValue
    isSame = comparison.outcome == .same
    isDiffers = comparison.outcome == .differs
    isIncomparable = comparison.outcome == .incomparable
    verdictWords = comparison.verdictWords
    reasons = comparison.incomparable
    hasReasons = !comparison.incomparable.isEmpty
    remarks = comparison.remarks
    hasRemarks = !comparison.remarks.isEmpty
    sides = [SideView("First", comparison.before), SideView("Second", comparison.after)]
    statisticCounts = comparison.statisticCounts
    leftOut = shown.leftOut
    accepted = comparison.acceptedLines
    hasAccepted = !accepted.isEmpty
    glance =
      shown.leftOut == nil
      ? comparison.figures.map(GlanceView.init) : shown.figures.map { GlanceView($0.whole) }
    hasGlance = !glance.isEmpty
    figures = shown.figures.map { ComparedFigureView($0.shown, movesSize: movesSizes[$0.whole.id]) }
    facts = comparison.facts.changed.map(ValueView.init)
    hasFacts = !facts.isEmpty
  }
}

/// One of the two reports, as printed.
struct SideView: Sendable {
  let sideName: String
  let reportName: String
  let version: String
  let profile: String
  let seed: String
  let digest: String
  let command: String
  let finished: String?

  init(_ name: String, _ side: ReportComparison.Side) {
    sideName = name
    reportName = side.name
    version = side.plateauVersion
    profile = side.profile
    seed = String(side.seed)
    digest = side.digest
    command = side.command
    finished = side.finished
  }
}

/// A class as a sign and a word; colour only repeats them.
struct BadgeView: Sendable {
  let className: String
  let words: String
  let isEqual: Bool
  let isClose: Bool
  let isChanged: Bool
  let isAdded: Bool
  let isRemoved: Bool
  let isUnmeasured: Bool
  let isIncomparable: Bool

  init(_ figure: Judged<FigureComparison>) {
    self.init(figure.comparison, isAccepted: !figure.counts && !figure.acceptances.isEmpty)
  }

  init(_ judgement: Judgement) { self.init(judgement.comparison, isAccepted: judgement.accepted != nil) }

  init(_ comparison: ComparisonClass, isAccepted: Bool) {
    className = isAccepted ? "accepted" : comparison.rawValue
    words = comparison.words + (isAccepted ? ", accepted" : "")
    isEqual = comparison == .identical
    isClose = comparison == .withinTolerance || comparison == .withinInterval
    isChanged = comparison == .changed
    isAdded = comparison == .added
    isRemoved = comparison == .removed
    isUnmeasured = comparison == .unmeasured
    isIncomparable = comparison == .incomparable
  }
}

/// One row of the table at the top: a figure and what became of its parts.
struct GlanceView: Sendable {
  /// A part of a figure: how many of its things are not identical.
  struct Part: Sendable {
    let text: String
    let isQuiet: Bool

    init(_ changed: Int, of count: Int) {
      text = count == 0 ? "none" : changed == 0 ? "\(count) same" : "\(changed) of \(count)"
      isQuiet = changed == 0
    }

    init(_ picture: Judged<PictureComparison>?) {
      let share = picture?.changedShare
      text =
        picture == nil
        ? "none"
        : share.map { $0 == 0 ? "same" : ComparisonWords.percent($0) } ?? picture?.comparison.words ?? ""
      isQuiet = picture == nil || picture?.comparison == .identical
    }
  }

  let label: String
  let href: String?
  let badge: BadgeView
  let counts: String
  let parts: [Part]

  init(_ figure: Judged<FigureComparison>) {
    func part(_ values: [Judged<ValueComparison>]) -> Part {
      Part(values.count { $0.comparison != .identical }, of: values.count)
    }
    label = figure.label
    href = figure.isTheSame ? nil : "#\(figure.id)"
    badge = BadgeView(figure)
    counts = figure.countsWords
    let rows = figure.tables.map { $0.identicalRows + $0.rows.count }.reduce(0, +)
    parts = [
      Part(figure.statistics.count { !$0.isTheSame }, of: figure.statistics.count),
      part(figure.verdicts), Part(figure.tables.map(\.rows.count).reduce(0, +), of: rows),
      Part(figure.picture), part(figure.settings), part(figure.data + figure.revisions),
    ]
  }
}

/// A named value of both reports, as printed.
struct ValueView: Sendable {
  let valueName: String
  let beforeText: String
  let afterText: String
  let badge: BadgeView

  init(_ value: Judged<ValueComparison>) {
    valueName = value.name
    beforeText = value.before.map(ComparisonWords.shortened) ?? "–"
    afterText = value.after.map(ComparisonWords.shortened) ?? "–"
    badge = BadgeView(value.judgement)
  }
}
