import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("Templates")
struct TemplateTests {
  private func templates(_ files: [String: String], _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }
      try body(folder)
    }
  }

  @Test("a folder without templates is an error that names the first missing file")
  func missing() throws {
    try templates([:]) { folder in
      #expect(throws: ReportingError.templateUnreadable(file: "style.css", folder: folder)) {
        try SiteWriter(templates: folder)
      }
    }
    try templates(["style.css": ""]) { folder in
      #expect(
        throws: ReportingError.templateUnreadable(file: "page.mustache", folder: folder)
      ) {
        try SiteWriter(templates: folder)
      }
    }
  }

  @Test("a template that is not Mustache is an error with its line")
  func syntax() throws {
    try templates([
      "style.css": "", "page.mustache": "one\n{{> part}}\n", "part.mustache": "a\nb {{#open}}\n",
    ]) {
      folder in
      let error = #expect(throws: ReportingError.self) { try SiteWriter(templates: folder) }
      guard case .templateSyntax(let file, let line, _, _) = error else {
        Issue.record("expected templateSyntax, got \(String(describing: error))")
        return
      }
      #expect(file == "part.mustache")
      #expect(line >= 2)
    }
  }

  @Test("a partial that does not exist is an error, not an empty place")
  func partial() throws {
    try templates(["style.css": "", "page.mustache": "{{> nowhere }}"]) { folder in
      #expect(
        throws: ReportingError.partialMissing(name: "nowhere", includedIn: "page.mustache", folder: folder)
      ) {
        try SiteWriter(templates: folder)
      }
    }
  }

  @Test(
    "templates that include themselves, grow, or hide their tags are refused at the tag",
    arguments: [
      (["page.mustache": "x\n {{> page }}"], "page.mustache", 2, "includes itself: page → page"),
      (["page.mustache": "{{< page}}{{/page}}"], "page.mustache", 1, "includes itself"),
      (
        ["page.mustache": "{{> a}}", "a.mustache": "{{> b}}", "b.mustache": "\n\n{{> a}}"], "b.mustache", 3,
        "page → a → b → a"
      ),
      (["page.mustache": "{{=<% %>=}}<%> page %>"], "page.mustache", 1, "other delimiters"),
      (
        Dictionary(
          uniqueKeysWithValues: (0..<20).map {
            (
              $0 == 0 ? "page.mustache" : "p\($0).mustache",
              $0 == 19 ? "" : "{{> p\($0 + 1)}}{{> p\($0 + 1)}}"
            )
          }), "p18.mustache", 1, "more than 10000"
      ),
    ])
  func endless(files: [String: String], file: String, line: Int, words: String) throws {
    try templates(files.merging(["style.css": ""]) { own, _ in own }) { folder in
      let error = #expect(throws: ReportingError.self) { try SiteWriter(templates: folder) }
      guard case .templateSyntax(let found, line, _, let reason) = error else {
        Issue.record("expected a fault in line \(line), got \(String(describing: error))")
        return
      }
      #expect(reason.contains(words) && (found == file || words.hasPrefix("more")), "\(found): \(reason)")
    }
  }

  @Test("a partial inside a line does not break it, though its file ends in a newline")
  func inline() throws {
    try templates(["style.css": "", "page.mustache": "[{{> part}}]\n", "part.mustache": "{{seed}}\n"]) {
      folder in
      let page = try TemplateSet(folder: folder, page: "page", assets: ["style.css"]).page(
        PageView(SampleReport.content))
      #expect(String(decoding: page, as: UTF8.self) == "[18446744073709551615]")
    }
  }

  @Test("every tag of the report's page names a value that it is rendered with")
  func names() throws {
    var walk = TemplateWalk(folder: templatesFolder, page: "page")
    var content = Self.content(evidence: 7)
    content.measures = Array(MeasureNote.all.prefix(1))
    try walk.walk(PageView(content))
    #expect(walk.unknown.isEmpty, "\(walk.unknown.sorted())")
    #expect(walk.unreached.isEmpty, "\(walk.unreached.sorted())")
  }

  /// The sample with one more claim, which so many statistics of one kind decide.
  private static func content(evidence count: Int) -> ReportContent {
    var content = SampleReport.content
    var claim = content.claims[0]
    claim.name = "robust"
    claim.statistics = Array(repeating: claim.statistics[0], count: count)
    content.claims.append(claim)
    return content
  }

  @Test("several statistics of one kind are told apart by what they are of, and many are shown on demand")
  func evidence() throws {
    for (count, isNamed, isMuch) in [(1, false, false), (2, true, false), (6, true, false), (7, true, true)] {
      let group = try #require(ClaimGroupView.groups(of: Self.content(evidence: count)).last)
      let judgement = try #require(group.judgedPanels.first?.judgements.first)
      #expect(judgement.evidence.count == count && judgement.evidenceCount == count)
      #expect(judgement.evidence.allSatisfy { ($0.evidenceQuantities != nil) == isNamed })
      #expect(judgement.hasMuchEvidence == isMuch)
    }
  }

  @Test(
    "why there is no verdict is said once: by the statistic, or where none says so", arguments: [true, false])
  func reason(isStatistics: Bool) throws {
    var content = SampleReport.content
    let id = try #require(content.claims[0].statistics.first)
    let section = try #require(content.sections.firstIndex { $0.statistics.contains { $0.id == id } })
    let row = try #require(content.sections[section].statistics.firstIndex { $0.id == id })
    content.sections[section].statistics[row].estimate = .unmeasured(reason: "2 points")
    content.claims = [content.claims[0]]
    content.claims[0].verdict = .notJudged(reason: isStatistics ? "2 points" : "a rule without threshold")
    let group = try #require(ClaimGroupView.groups(of: content).first)
    let judgement = try #require(group.judgedPanels.first?.judgements.first)
    #expect(judgement.notJudgedReason == (isStatistics ? nil : "a rule without threshold"))
  }

  @Test("a tag that names nothing is found, wherever it stands")
  func misspelt() throws {
    try templates([
      "page.mustache": "{{title}} {{titel}} {{#figures}}{{lable}}{{label}}{{seed}}{{> part}}{{/figures}}",
      "part.mustache":
        "{{#licence}}{{name}}{{nmae}}{{/licence}} {{licence.adress}} {{#datasets}}{{.sha}}{{/datasets}}",
    ]) { folder in
      var walk = TemplateWalk(folder: folder, page: "page")
      var content = SampleReport.content
      content.datasets = []
      try walk.walk(PageView(content))
      #expect(
        walk.unknown == [
          "page: {{titel}}", "page: {{lable}}", "part: {{nmae}}", "part: {{licence.adress}}",
        ])
      #expect(walk.unreached == ["part: {{.sha}}"])
    }
  }

  @Test("each error says what to do")
  func remedies() {
    let errors: [(ReportingError, String)] = [
      (.templateUnreadable(file: "page.mustache", folder: "t"), "restore"),
      (.templateSyntax(file: "page.mustache", line: 1, column: 2, reason: "r"), "Correct"),
      (.partialMissing(name: "a", includedIn: "b", folder: "t"), "add"),
      (.figureIdentifier("../x"), "use"), (.duplicate(id: "a"), "give"),
      (.unknownStatistic(id: "a", claim: "b"), "name one"), (.notAFolder(path: "p"), "--output"),
      (.notReplaceable(path: "p", kind: "report", file: "metrics.json"), "--output"),
      (.foreignFiles(path: "p", kind: "report", files: ["CNAME"]), "CNAME. Choose another --output"),
      (.inputInOutput(path: "p", input: "p/store"), "another --output"),
      (.outputIsInput(path: "p", input: "q"), "another file"),
      (.fileNotWritten(path: "p", reason: "full"), "free space"),
      (.cannotWrite(path: "p", reason: "full"), "free space"),
    ]
    for (error, remedy) in errors { #expect(error.description.contains(remedy)) }
  }
}
