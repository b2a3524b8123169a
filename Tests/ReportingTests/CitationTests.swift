import Foundation
import TestSupport
import Testing

@testable import Reporting

/// How a report says it is to be cited.
@Suite("Citation")
struct CitationTests {
  private let citations = Citations(content: SampleReport.content)

  private func repositoryFile(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: templatesFolder).deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
  }

  @Test("the paper's entry is what BibTeX reads, and its text is the one among the references")
  func paper() throws {
    #expect(
      Bibliography.paper.bibTeX == """
        @misc{zhang2021flatness,
          title = {{Why flatness does and does not correlate with generalization for deep neural networks}},
          author = {Zhang, Shuofeng and Reid, Isaac and Valle Pérez, Guillermo and Louis, Ard},
          year = {2021},
          eprint = {2103.06219},
          archiveprefix = {arXiv},
          url = {https://arxiv.org/abs/2103.06219}
        }
        """)
    #expect(
      Bibliography.paper.text
        == "S. Zhang, I. Reid, G. Valle Pérez and A. Louis. Why flatness does and does not correlate with generalization for deep neural networks. 2021."
    )
    #expect(Bibliography.references(for: []).first?.text == Bibliography.paper.text)
  }

  @Test("TeX's own characters in a title are escaped, and the name of a body is not taken apart")
  func escapes() {
    let work = CitedWork(
      label: "", kind: .dataset, key: "k", title: #"50 % of A_{1} & $x^2$ ~ #\"#, authors: [.body("A and B")])
    #expect(
      work.bibTeX == ##"""
        @misc{k,
          title = {{50 \% of A\_\{1\} \& \$x\textasciicircum{}2\$ \textasciitilde{} \#\textbackslash{}}},
          author = {{A and B}}
        }
        """##)
  }

  @Test("the report is cited with all that tells it from another: version, profile, seed, figures, data")
  func report() throws {
    let report = citations.works[1]
    #expect(
      report.text
        == "plateau 0.1.0. \(SampleReport.content.title). Report with profile quick, seed 18446744073709551615, figures 3; data: MNIST, 5 000 built-in images."
    )
    var content = SampleReport.content
    content.inputs.chosenFigures = "3,S5"
    #expect(Citations(content: content).works[1].text.contains(", figures 3, S5; data: "))
    content.inputs.chosenFigures = nil
    content.datasets = []
    let all = Citations(content: content).works[1]
    #expect(all.details == "Report with profile quick, seed 18446744073709551615, all figures; no data")
  }

  @Test(
    "CITATION.cff of a report is a data set that refers to the paper and the program, without a date of its own"
  )
  func file() throws {
    let title = SampleReport.content.title
    #expect(
      try citations.file() == """
        cff-version: 1.2.0
        message: "Cite the paper and the program, under references, and this report by its digest: the SHA-256 of \
        SHA256SUMS, which run.json states as siteDigest. Whoever publishes the report adds their names in a copy outside of it."
        type: dataset
        title: "\(title)"
        authors:
          - name: "plateau 0.1.0"
        license: Apache-2.0
        abstract: "\(SampleReport.content.subtitle) \(citations.works[1].details ?? "")."
        references:
          - type: article
            title: "Why flatness does and does not correlate with generalization for deep neural networks"
            authors:
              - given-names: "Shuofeng"
                family-names: "Zhang"
              - given-names: "Isaac"
                family-names: "Reid"
              - given-names: "Guillermo"
                family-names: "Valle Pérez"
              - given-names: "Ard"
                family-names: "Louis"
            year: 2021
            identifiers:
              - type: other
                value: "arXiv:2103.06219"
            url: https://arxiv.org/abs/2103.06219
          - type: software
            title: "\(citations.works[2].title)"
            authors:
              - name: "The plateau maintainers"
            version: "0.1.0"
            license: Apache-2.0

        """)
  }

  @Test("the repository's CITATION.cff and codemeta.json state the same facts on the program and the paper")
  func sameFacts() throws {
    let file = try repositoryFile("CITATION.cff")
    let (paper, program) = (Bibliography.paper, citations.works[2])
    let facts =
      [
        "title: \"\(program.title)\"", "license: \(program.licence ?? "")",
        "  - name: The plateau maintainers",
      ]
      + ["title: \(paper.title)", "year: \(paper.year ?? 0)", "arXiv:\(paper.arXiv ?? "")"]
      + paper.authors.map { author in
        guard case .person(let given, let family) = author else { return "a body" }
        return "{given-names: \(given), family-names: \(family)}"
      }
    for fact in facts { #expect(file.contains(fact), "\(fact)") }
    #expect(program.authors.map(\.short) == ["The plateau maintainers"])
    let metadata = try repositoryFile("codemeta.json")
    #expect(metadata.contains("\"name\": \"\(paper.title)\",\n    \"url\": \"\(paper.address ?? "")\""))
    #expect(metadata.contains("/\(program.licence ?? "")\""))
  }
}
