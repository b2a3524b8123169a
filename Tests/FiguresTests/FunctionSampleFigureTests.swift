import Foundation
import Plotting
import RunStorage
import Specifications
import Testing

@testable import Figures

/// A figure of the Boolean system from a sample made by hand: 16 of 2-variable functions, six kinds of them.
@Suite("Figures of sampled functions")
struct FunctionSampleFigureTests {
  private static let sample = FunctionSampleResult(
    samples: 16, distinct: 6, functions: ["0", "f", "1", "8"], counts: [5, 4, 3, 2],
    complexities: [2, 2, 5, 6],
    countValues: [5, 4, 3, 2, 1], countFunctions: [1, 1, 1, 1, 2],
    complexityClasses: [
      .init(complexity: 2, functions: 2, samples: 9, largestCount: 5),
      .init(complexity: 5, functions: 2, samples: 4, largestCount: 3),
      .init(complexity: 6, functions: 2, samples: 3, largestCount: 2),
    ])
  private static let group = RunGroup(
    dataset: .booleanCube(variables: 2),
    network: NetworkSpec(kind: .fcn, hidden: [4], weightVariance: 1, biasStandardDeviation: 0.1),
    optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 2), attackSizes: [0], samplesPerSize: 1,
    targets: SampledTargets(variables: 2, samples: 16, kept: 4, functions: 4),
    stop: StopSpec(at: .zeroErrorOnTrain, epochs: 9),
    measurements: [SampleRecords.sharpness, SampleRecords.prior(.heaviside)])

  private func result() throws -> FigureResult {
    let panels = [
      PanelSpec(id: "a", title: "Ranks", .rankFrequency(runs: "g")),
      PanelSpec(id: "b", title: "Bias", .complexity(runs: "g")),
      PanelSpec(id: "c", title: "EP", .scatter(runs: "g", .init(x: .log10SampledPrior, y: .log10Prior))),
      PanelSpec(id: "d", title: "S", .scatter(runs: "g", .init(x: .log10SampledPrior, y: .log10Sharpness))),
    ]
    let spec = FigureSpec(
      id: "B1", title: "T", caption: "C", runs: ["g": Self.group], panels: panels, schematic: nil,
      settings: [],
      file: "figB1.yml")
    // ln P by expectation propagation is half, half, a quarter and twice the counted share.
    let found = zip([0.5, 0.5, 0.25, 2], [5.0, 4, 3, 2]).map { factor, count in
      SampleRecords.Found(
        status: count == 2 ? .notConverged : .converged, sharpness: count / 10,
        heaviside: log(factor * count / 16))
    }
    let records = try SampleRecords.records(Self.group, found)
    let sample = try FunctionSampleRecord(
      spec: try #require(Self.group.functionSample(seed: 1)), result: Self.sample,
      provenance: FunctionSampleProvenance(
        plateauVersion: "0", arithmetic: "", architecture: "", swiftVersion: "", replayClass: .bitwise,
        secondsOfDrawing: 0, samplesDrawn: 16, secondsOfCounting: 0))
    return FigureMaker(claims: [], records: records, samples: [sample], seed: 1).make(spec)
  }

  private func lines(_ plot: Plot) -> [LineSeries] {
    plot.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
  }

  @Test("the curve of ranks has every function, those of equal count side by side, beside Zipf's law")
  func ranks() throws {
    let plot = try plot(try result(), panel: 0)
    let sampled = try #require(lines(plot).last)
    #expect(sampled.points.map(\.x) == [1, 2, 3, 4, 5, 6])
    #expect(sampled.points.map(\.y) == [5, 4, 3, 2, 1, 1].map { $0 / 16 })
    let zipf = try #require(lines(plot).first)
    #expect(zipf.points.map(\.x) == [1, 6])
    // 1/ln 2⁴ at rank 1.
    #expect(abs(zipf.points[0].y - 1 / (4 * log(2.0))) < 1e-15)
    #expect(abs(zipf.points[1].y * 6 - zipf.points[0].y) < 1e-15)
    #expect(plot.x.scale == .log10 && plot.y.scale == .log10)
  }

  @Test("the picture of complexities has the kept functions and the most frequent one of each complexity")
  func complexity() throws {
    let plot = try plot(try result(), panel: 1)
    #expect(series(plot)[0].points.map(\.x) == [2, 2, 5, 6])
    #expect(series(plot)[0].points.map(\.y) == [5, 4, 3, 2].map { $0 / 16 })
    #expect(lines(plot)[0].points.map(\.x) == [2, 5, 6])
    #expect(lines(plot)[0].points.map(\.y) == [5, 3, 2].map { $0 / 16 })
  }

  @Test(
    "scatters have the counted P(f), coloured by complexity, open where a function was not trained to; the line of equality where both are P(f)"
  )
  func scatters() throws {
    let result = try result()
    let computed = try plot(result, panel: 2)
    #expect(series(computed).flatMap(\.points).map(\.x) == [5, 4, 3, 2].map { log10($0 / 16) })
    #expect(series(computed).flatMap(\.points).map(\.value) == [2, 2, 5, 6])
    #expect(series(computed).map(\.points.count) == [3, 1])
    let equal = try #require(lines(computed).first)
    #expect(equal.points.allSatisfy { $0.x == $0.y })
    #expect(lines(try plot(result, panel: 3)).isEmpty)
    let chart = try #require(result.picture as? Chart)
    #expect(chart.colourBar?.range == 2...6)
    let statistic = result.statistics.first {
      $0.id == "figB1.d.log10-sampled-prior.log10-sharpness.spearman"
    }
    #expect(statistic?.n == 3)
  }

  @Test("tables hold ranks, functions and complexities; the runs' table the function with its count")
  func tables() throws {
    let tables = try result().tables
    #expect(tables.map(\.suffix) == ["", "-ranks-a", "-complexity-b", "-functions-b"])
    let runs = tables[0].csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(runs[0].firstIndex(of: "function_hex"))
    #expect(runs.dropFirst().map { $0[column] } == ["0", "f", "1", "8"])
    #expect(runs[0][column - 1] == "function_rank" && runs[3][column - 1] == "3")
    #expect(runs[0][column + 1] == "function_count" && runs[3][column + 1] == "3")
    #expect(
      tables[1].csv
        == "count,functions,first_rank,last_rank\n5,1,1,1\n4,1,2,2\n3,1,3,3\n2,1,4,4\n1,2,5,6\n")
    #expect(
      tables[2].csv
        == "lempel_ziv_complexity_bits,functions,networks,largest_count\n2.0,2,9,5\n5.0,2,4,3\n6.0,2,3,2\n")
    #expect(
      tables[3].csv.hasPrefix(
        "rank,function_hex,count,log10_sampled_prior,lempel_ziv_complexity_bits\n1,0,5,"))
  }

  @Test(
    "the notes name what was not trained to, tell what was not found, and how far computed and counted are apart"
  )
  func notes() throws {
    let result = try result()
    let text = result.notes.joined(separator: " ")
    for words in [
      "1 of 4 runs did not reach zero error", "Functions not trained to zero error: rank 4, 8",
      "16 networks expressed 6 different functions, 2 of them once only", "12.5 % of P(f)",
      "found in 3 of 16 networks", "is 52.0 % of it",
      "is 0.500 times the sampled one in the median, from 0.250 to 0.500 times",
    ] {
      #expect(text.contains(words), "\(words) in: \(text)")
    }
    #expect(result.altText.contains("Panel a, Ranks: line of P(f) against the rank of f"))
    #expect(result.altText.contains("from 0.312 to 0.0625"))
    #expect(result.samples.count == 1)
  }

  @Test("without its sample a panel says so")
  func withoutSample() throws {
    let panel = PanelSpec(id: "a", title: "Ranks", .rankFrequency(runs: "g"))
    let spec = FigureSpec(
      id: "B1", title: "T", caption: "C", runs: ["g": Self.group], panels: [panel], schematic: nil,
      settings: [],
      file: "figB1.yml")
    let chart = try #require(
      FigureMaker(claims: [], records: [], seed: 1).make(spec).picture as? Chart)
    #expect(chart.panels[0].content == .unavailable(reason: "the sample of functions is not there"))
  }
}
