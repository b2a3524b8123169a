import Foundation
import ReportDocuments
import Testing

@Suite("points.json")
struct PointsDocumentTests {
  /// As reports of version 0.1.0 hold it.
  static let stored = """
    {
      "figures" : {
        "fig3" : [
          {
            "panel" : "a",
            "points" : [
              {
                "isConverged" : true,
                "label" : "SGD, |A| = 50, sample 2",
                "run" : "ab6f",
                "x" : -87.25,
                "y" : 90
              }
            ],
            "quantities" : "log₁₀ P(f) (step) against generalization (%)",
            "title" : "FCN on MNIST",
            "xLabel" : "log<sub>10</sub> <i>P</i>(<i>f</i>)",
            "yLabel" : "Generalization (%)"
          }
        ]
      },
      "schema" : "plateau-points/1"
    }

    """

  @Test("a stored document reads, and is written with the bytes it had")
  func layout() throws {
    let document = try JSONDecoder().decode(PointsDocument.self, from: Data(Self.stored.utf8))
    #expect(document.figures["fig3"]?.first?.points.first?.x == -87.25)
    #expect(String(decoding: try document.bytes(), as: UTF8.self) == Self.stored)
  }
}
