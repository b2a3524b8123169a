import Figures
import Foundation
import TestSupport
import Testing

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The page")
struct PageTests {
  /// The written sample, parsed as XML, and the paths in its folder.
  private func page(
    _ content: ReportContent = SampleReport.content
  ) throws -> (document: XMLDocument, files: Set<String>) {
    try withTemporaryFolder { folder in
      let output = folder + "/report"
      let summary = try SiteWriter(templates: templatesFolder)
        .write(content, volatile: SampleReport.volatile, to: output)
      let html = try Data(contentsOf: URL(fileURLWithPath: output + "/index.html"))
      return (try XMLDocument(data: html), Set(summary.files))
    }
  }

  private func values(_ document: XMLDocument, _ path: String) throws -> [String] {
    try document.nodes(forXPath: path).map { $0.stringValue ?? "" }
  }

  @Test("below Table 1 stand the constants of other measures, where a figure uses one")
  func constants() throws {
    let table = "//table[caption[contains(., 'Constants')]]"
    let (document, _) = try page()
    #expect(try values(document, "\(table)//th[@scope='row']/code") == ["sam-sharpness"])
    let cells = try values(document, "\(table)//td").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(cells.count == 3 && cells[0] == "radius" && cells[1].hasPrefix("0.05"))
    var content = SampleReport.content
    content.constants = []
    #expect(try values(page(content).document, table).isEmpty)
  }

  @Test("names only files that the folder has, and anchors that the page has")
  func links() throws {
    let (document, files) = try page()
    let ids = Set(try values(document, "//@id"))
    let targets = try values(document, "//@href") + values(document, "//@src")
    #expect(targets.count > 30)
    for target in targets where !target.hasPrefix("https://") && target != "data:," {
      if target.hasPrefix("#") {
        #expect(ids.contains(String(target.dropFirst())), "\(target)")
      } else {
        #expect(files.contains(target), "\(target)")
      }
    }
    // Nothing is fetched from anywhere: addresses stand in links alone.
    #expect(try values(document, "//script").isEmpty)
    #expect(try values(document, "//img/@src[starts-with(., 'http')]").isEmpty)
  }

  @Test("has each id once, and what a label refers to exists")
  func identifiers() throws {
    let document = try page().document
    let ids = try values(document, "//@id")
    #expect(ids.count == Set(ids).count)
    for reference in try values(document, "//@aria-labelledby") { #expect(ids.contains(reference)) }
  }

  @Test("gives every picture an alternative text and its size, and every table header a scope")
  func accessibility() throws {
    let document = try page().document
    let images = try document.nodes(forXPath: "//img")
    #expect(images.count == 4)
    #expect(
      try document.nodes(forXPath: "//img[string-length(@alt) > 5][@width][@height]").count == images.count)
    #expect(try document.nodes(forXPath: "//th").count > 20)
    #expect(try document.nodes(forXPath: "//th[not(@scope)]").isEmpty)
    #expect(try document.nodes(forXPath: "//table[not(caption)]").isEmpty)
    // What scrolls sideways can be reached by the keyboard and has a name.
    #expect(
      try document.nodes(
        forXPath: "//table[not(../@tabindex='0' and ../@role='region' and ../@aria-label)]"
      ).isEmpty)
    #expect(try values(document, "/html/@lang") == ["en"])
    #expect(try document.nodes(forXPath: "//body/a[1][@class='skip'][@href='#main']").count == 1)
    #expect(try document.nodes(forXPath: "//h1").count == 1)
  }

  @Test("has as many cells in each row as its header has columns")
  func tableShapes() throws {
    let document = try page().document
    for table in try document.nodes(forXPath: "//table") {
      let columns = try table.nodes(forXPath: "thead/tr/th").count
      for row in try table.nodes(forXPath: "tbody/tr") {
        let cells = try row.nodes(forXPath: "th|td").compactMap { $0 as? XMLElement }
        let width = cells.map { Int($0.attribute(forName: "colspan")?.stringValue ?? "1") ?? 0 }.reduce(
          0, +)
        #expect(width == columns, "\(row.stringValue ?? "")")
      }
    }
  }

  @Test("shows markup in the content as text")
  func escaping() throws {
    var content = SampleReport.content
    let hostile = "a caption with <script>alert('&amp;')</script> & \"quotes\""
    content.title = hostile
    content.sections[0].caption = hostile
    content.sections[0].altText = hostile
    content.sections[0].tables = [FigureTable(csv: "header\n<b>bold</b>\n")]
    content.claims[0].statement = hostile
    let document = try page(content).document
    #expect(try document.nodes(forXPath: "//script").isEmpty)
    #expect(try values(document, "//title") == [hostile])
    #expect(try values(document, "//section[@id='fig3']//img/@alt") == [hostile])
    #expect(try values(document, "//figcaption/p").contains("Figure 3. " + hostile))
    #expect(try values(document, "//table[@class='preview']//td") == ["<b>bold</b>"])
  }

  @Test("says each verdict in words, and groups the judgements of one claim")
  func verdicts() throws {
    let document = try page().document
    let words = try values(document, "//li[@class='judgement']//span[starts-with(@class, 'verdict')]")
      .map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(words == ["Holds", "Undecided", "Does not hold", "Not judged"])
    #expect(try document.nodes(forXPath: "//li[@class='claim']").count == 3)
    #expect(
      try values(document, "//li[@class='claim'][1]//span[@class='evidence-text']") == [
        "Pearson r = 0.962 [0.914, 0.987], n = 15", "Pearson r = 0.943 [0.832, 0.980], n = 15",
      ])
  }

  @Test("says at its top what the report comes to, and beside each verdict what the paper says")
  func paper() throws {
    let document = try page().document
    let summary = ReportSummary(SampleReport.content)
    let sentences = [summary.verdicts, summary.optimisers, summary.optimisersNote]
    #expect(try values(document, "/html/body/header/div[@class='summary']/p") == sentences)
    #expect(
      try values(document, "//p[@class='paper-says']") == [
        "It is so under every optimiser (Section 5.2).", "Says nothing of this: it goes beyond the paper.",
        "Says nothing of this: it goes beyond the paper.",
      ])
    // The judgements under both likelihoods stand beside one panel.
    let first = "//li[@class='claim'][1]//ul[@class='judged-panels']/li"
    #expect(try document.nodes(forXPath: first).count == 1)
    #expect(try document.nodes(forXPath: first + "//li[@class='judgement']").count == 2)
    #expect(
      try values(document, "//span[@class='paper-result']") == ["The paper: very tight (Section 5.2)"])
    // In the figure's section panels with one finding stand together.
    #expect(
      try values(document, "//section[@id='fig3']//div[@class='paper-findings']//li") == [
        "(a), (b) very tight (Section 5.2).", "(d) loose.",
      ])
    #expect(try values(document, "//section[@id='fig1']//div[@class='paper-findings']").isEmpty)
  }

  @Test("writes an unmeasured statistic with its reason and no number")
  func unmeasured() throws {
    let document = try page().document
    #expect(
      try values(document, "//td[@class='unmeasured']") == [
        "unmeasured: the value is not a finite number", "unmeasured: fewer than 3 points",
      ])
    #expect(try values(document, "//td").allSatisfy { !$0.lowercased().contains("nan") })
  }

  @Test("says which data were used, how much of them, and whose they are")
  func datasets() throws {
    let document = try page().document
    let fact = try #require(SampleReport.content.datasets.first)
    let section = "//section[@id='data-sets']"
    #expect(try values(document, section + "//h3") == [fact.summary])
    let sentences = try values(document, section + "//p")
    #expect(sentences.first?.contains("|S| = 500, attack pool 500, |E| = 1000") == true)
    #expect(sentences.contains(try #require(fact.source)))
    #expect(try values(document, "//dl[@class='facts']/div[dt='Data']/dd") == [fact.summary])
    // Without a known source there is no empty paragraph in its place.
    var content = SampleReport.content
    content.datasets[0].source = nil
    #expect(try values(page(content).document, section + "//p").count == sentences.count - 1)
  }

  @Test("counts one run as one and several as several")
  func singular() throws {
    let keys = "//section[@id='fig3']//details[@class='keys']/summary"
    #expect(try values(page().document, keys) == ["Keys of the 15 runs"])
    var content = SampleReport.content
    content.sections[0].provenance.runs = Array(content.sections[0].provenance.runs.prefix(1))
    let document = try page(content).document
    #expect(try values(document, keys) == ["Key of the run"])
    #expect(
      try values(document, "//section[@id='fig3']//span[@class='summary-note']").contains {
        $0.hasPrefix("1 run,")
      })
  }

  @Test("holds what each figure was given: notes, missing panels, settings, runs, table")
  func figureParts() throws {
    let document = try page().document
    let figure = SampleReport.measuredFigure
    let section = "//section[@id='fig3']"
    #expect(try values(document, section + "/ul[@class='notes']/li") == figure.notes)
    #expect(try values(document, section + "//*[@class='keys']//code") == figure.provenance.runs.map(\.key))
    #expect(
      try values(document, section + "//div[@class='missing']//li") == [
        "(b) FCN on CIFAR-10: not available yet; it needs the CIFAR-10 reader.",
        "(c) ResNet-50 on CIFAR-10: not available yet; it needs ResNet-50.",
      ])
    #expect(
      try values(document, section + "//table[@class='settings']/tbody[1]/tr[6]/*") == [
        "attack.sizes", "0, 125, 250, 375, 500", "0 through 500 by 50", "C",
      ])
    #expect(
      try values(document, section + "//table[@class='preview']/tbody/tr[1]/td") == [
        "0", "0", "86", "-165", "-303", "-2.5", "converged, \"zero\" err…",
      ])
    // A drawn figure has neither statistics nor a table.
    #expect(try document.nodes(forXPath: "//section[@id='fig1']//table").isEmpty)
  }

  @Test("has no value that skips the engine's escaping")
  func templatesEscape() throws {
    for file in try FileManager.default.contentsOfDirectory(atPath: templatesFolder)
    where file.hasSuffix(".mustache") {
      let text = try String(contentsOfFile: templatesFolder + "/" + file, encoding: .utf8)
      #expect(!text.contains("{{{") && !text.contains("{{&"), "\(file)")
    }
  }

  @Test("keeps every pair of text colours at a contrast of at least 4.5 to 1, light and dark")
  func contrast() throws {
    let css = try String(contentsOfFile: templatesFolder + "/style.css", encoding: .utf8)
    let blocks = css.matches(of: #/:root\s*\{([^}]*--paper:[^}]*)\}/#).map { String($0.1) }
    #expect(blocks.count == 3)
    for block in blocks {
      let colours = Dictionary(
        uniqueKeysWithValues: block.matches(of: #/--([a-z-]+):\s*#([0-9a-f]{3,6})/#).map {
          (String($0.1), Self.luminance(String($0.2)))
        })
      let paper = try #require(colours["paper"])
      for name in ["ink", "muted", "link", "holds", "fails", "undecided"] {
        let text = try #require(colours[name])
        let ratio = (max(paper, text) + 0.05) / (min(paper, text) + 0.05)
        #expect(ratio >= 4.5, "\(name): \(ratio)")
      }
    }
  }

  /// WCAG 2.2, relative luminance of an sRGB colour in hexadecimal.
  private static func luminance(_ hex: String) -> Double {
    let digits =
      hex.count == 3
      ? hex.map { "\($0)\($0)" }
      : stride(from: 0, to: 6, by: 2).map {
        String(hex.dropFirst($0).prefix(2))
      }
    let linear = digits.map { Double(Int($0, radix: 16) ?? 0) / 255 }.map {
      $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
