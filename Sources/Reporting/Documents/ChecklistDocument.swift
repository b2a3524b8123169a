import Figures
import DatasetDescriptions
import Specifications

/// `CHECKLIST.md`: the questions that the large conferences ask of a paper's reproducibility, answered from
/// the facts of this report.
///
/// The questions are those of the Machine Learning Reproducibility Checklist 2.0 (J. Pineau, 2020) and of the
/// NeurIPS paper checklist, in words of our own. Where the facts say no, the answer is no.
struct ChecklistDocument {
  let content: ReportContent

  private enum Answer: String {
    case yes = "Yes"
    case partly = "Partly"
    case no = "No"
    case none = "Does not apply"
  }

  private struct Item {
    let question: String
    let answer: Answer
    let facts: String
  }

  var text: String {
    let head = """
      # Reproducibility checklist

      Answered by plateau \(content.plateauVersion) from the facts of this report (profile \(content.profile.name), seed \(content.seed)). The
      questions are those of the Machine Learning Reproducibility Checklist 2.0 (J. Pineau, 2020) and of the NeurIPS paper
      checklist, in our words. What only authors can know, such as how a choice was made, is answered from what the specs say.

      """
    let sections = [
      ("Models and methods", methods), ("Theory", theory), ("Data", data), ("Code", code),
      ("Experiments", experiments), ("Claims and limits", claims),
    ]
    return head
      + sections.map { title, items in
        "\n## \(title)\n\n| Question | Answer | Facts |\n|---|---|---|\n"
          + items.map { "| \($0.question) | \($0.answer.rawValue) | \(Self.escaped($0.facts)) |\n" }.joined()
      }.joined()
  }

  private var methods: [Item] {
    [
      Item(
        question: "Are the setting, the networks and the algorithms described?", answer: .yes,
        facts: "index.html, Methods, with equations and references; every setting under its figure."),
      Item(
        question: "Are the assumptions stated?", answer: .yes,
        facts:
          "Methods: the prior is that of infinite width or of a kernel averaged over random networks; sharpness is a lower bound."
      ),
      Item(
        question: "Is the cost of the algorithms said?", answer: .yes,
        facts: work.isEmpty
          ? "Nothing was computed: every figure is drawn."
          : "Work: \(work). Time by figure, on the wall and on processors: run.json, secondsByFigure and cost."
      ),
    ]
  }

  private var theory: [Item] {
    [
      Item(
        question: "Are theorems stated with their assumptions and proofs?", answer: .none,
        facts: "The report measures; it proves nothing.")
    ]
  }

  private var data: [Item] {
    guard !content.datasets.isEmpty else {
      return [
        Item(question: "Are the data described?", answer: .none, facts: "No data were read.")
      ]
    }
    let sizes = content.datasets.map { "\($0.summary): \($0.sizes.joined(separator: "; "))" }
    let sources = content.datasets.map { "\($0.name): \($0.source ?? "not known to this program")" }
    let digests = content.datasets.map { "\($0.name) \($0.sha256)" }
    return [
      Item(
        question: "Are the numbers of examples given?", answer: .yes, facts: sizes.joined(separator: ". ")),
      Item(
        question: "Is the split into training, attack and test examples given?", answer: .yes,
        facts:
          "Methods, Which images: the first images in the data's own order; A is drawn anew for each run."),
      Item(
        question: "Is what was left out or changed in preparing the data said?", answer: .yes,
        facts: "The labels of A are flipped; normalisation and augmentation are settings of their figure."),
      Item(
        question: "Can the data be obtained, and are licence and makers named?",
        answer: content.datasets.allSatisfy { $0.source != nil } ? .yes : .partly,
        facts: sources.joined(separator: " ")),
      Item(
        question: "Is it pinned down which bytes were read?", answer: .yes,
        facts: "SHA-256: " + digests.joined(separator: "; ")),
      Item(
        question: "Are new data described with their collection?", answer: .none,
        facts: "No data were collected from people or places."),
    ]
  }

  private var code: [Item] {
    let environment = content.environment.facts
    return [
      Item(
        question: "Are the dependencies specified?", answer: .yes,
        facts: "Package.swift and scripts/setup.sh of plateau; versions of this report's runs: "
          + (environment.isEmpty
            ? "no runs."
            : environment.map { "\($0.name): \($0.value)" }.joined(separator: "; ") + ".")),
      Item(
        question: "Is there code for training and for evaluation?", answer: .yes,
        facts: "The same program does both; the specs and templates of this report are in source/."),
      Item(
        question: "Are trained models available?", answer: .partly,
        facts: "Not in the report; 'plateau run --keep-weights' writes them as safetensors."
      ),
      Item(
        question: "Is there one command that gives the results?", answer: .yes,
        facts: "\(content.command); the command of each figure is in its provenance."),
      Item(
        question: "Is the licence named?", answer: .yes,
        facts: "\(content.licence.name), \(content.licence.address)"),
    ]
  }

  private var experiments: [Item] {
    let settings = content.sections.flatMap(\.settings)
    let tags = ["P", "C", "R", "O"].map { tag in
      "\(settings.count { $0.sources.contains(tag) }) \(tag)"
    }.joined(separator: ", ")
    let statistics = content.sections.flatMap(\.statistics)
    let measured = statistics.compactMap { row -> Bool? in
      if case .measured(_, let interval, _) = row.estimate.finite { interval != nil } else { nil }
    }
    let reduced = settings.count { $0.paperValue != nil && $0.paperValue != $0.value }
    return [
      Item(
        question: "Are all hyperparameters given, and how they were chosen?", answer: .yes,
        facts:
          "\(settings.count) settings with their sources: \(tags) (P the paper, C its code, R recalled, O our choice). This program searches over none."
      ),
      Item(
        question: "Is the number of runs exact?", answer: .yes,
        facts: "\(runs) runs in \(content.sections.count) figures, each with its content hash."),
      Item(
        question: "Are the measures and statistics defined?", answer: .yes,
        facts: "Methods; Table 1 for sharpness."),
      Item(
        question: "Is the variation shown, and what it is of?",
        answer: measured.isEmpty ? .none : measured.allSatisfy { $0 } ? .yes : .partly,
        facts:
          "\(statistics.count) statistics: \(measured.count { $0 }) with a 95 % interval, \(measured.count { !$0 }) without, \(statistics.count - measured.count) unmeasured with the reason; the intervals are over runs."
      ),
      Item(
        question: "Are the experiments at the size of the paper?",
        answer: content.profile.name == "paper" ? (reduced == 0 ? .yes : .partly) : .no,
        facts:
          "Profile \(content.profile.name): \(content.profile.statement). \(reduced) settings differ from the paper's size."
      ),
      Item(
        question: "Is the computing infrastructure described?", answer: .yes,
        facts: "Environment and run.json: processor family, kernels, libraries, host."),
      Item(
        question: "Is the run time given, or the energy?", answer: .partly,
        facts:
          "run.json: the wall time of the runs behind each figure (secondsByFigure), and in cost their processor time, the call's processor time and peak memory, and the energy of the machine’s processor packages, whatever ran on them, where their counters can be read, else why not. Time and memory of a GPU are not measured."
      ),
      Item(
        question: "Is it stated how closely the results can be reproduced?", answer: .yes,
        facts: replayClasses),
    ]
  }

  private var claims: [Item] {
    let counts = VerdictCountView.counts(of: content.countedClaims).map {
      "\($0.count) \($0.verdict.words.lowercased())"
    }
    let missing = content.sections.flatMap(\.missingPanels).count
    let limits = [
      missing == 0 ? nil : "\(missing) panels are not in the report, with their reasons",
      content.notes.isEmpty ? nil : "\(content.notes.count) runs or measurements did not end as planned",
      content.datasets.contains { DatasetName(rawValue: $0.name)?.facts.standsInFor != nil }
        ? "drawn images stand in for CIFAR-10" : nil,
    ].compactMap { $0 }
    return [
      Item(
        question: "Do the claims say what the results show?",
        answer: content.claims.isEmpty ? .none : .yes,
        facts: content.claims.isEmpty
          ? "No claim is judged here."
          : "Every claim has a rule that was fixed before the runs. Judged: \(counts.joined(separator: ", "))."
      ),
      Item(
        question: "Are the limits said?", answer: .yes,
        facts: limits.isEmpty
          ? "No panel is missing and every run ended as planned." : limits.joined(separator: "; ") + "."),
      Item(
        question: "Are there risks for people, or are people studied?", answer: .none,
        facts: "Images of digits, clothes, cars and cats; nobody was asked or watched."),
    ]
  }

  /// The runs behind all figures, each counted once.
  private var runs: Int { Set(content.sections.flatMap(\.provenance.runs).map(\.key)).count }

  /// What was computed for each figure; figures share runs.
  private var work: String {
    content.sections.filter { !$0.provenance.work.isEmpty }.map { figure in
      "\(figure.label): "
        + figure.provenance.work.map { "\($0.value) \($0.name)" }.joined(separator: ", ")
    }.joined(separator: "; ")
  }

  private var replayClasses: String {
    let classes = content.sections.filter { !$0.provenance.runs.isEmpty }.map(\.provenance.replay.rawValue)
    guard !classes.isEmpty else { return "No runs: every figure is drawn, bit for bit the same." }
    return Set(classes).sorted().map { name in "\(classes.count { $0 == name }) figures \(name)" }
      .joined(separator: ", ") + "; what the classes promise stands in each figure's provenance."
  }

  /// For a cell of a table in Markdown.
  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }
}
