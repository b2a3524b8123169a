import Foundation
import Planning

/// A sample of functions as tidy tables, units in the column names.
struct FunctionSampleTable {
  let sample: FunctionSampleResult

  /// One row for each function that is kept by name, by rank.
  var functions: String {
    Self.csv(
      ["rank", "function_hex", "count", "log10_sampled_prior", "lempel_ziv_complexity_bits"],
      sample.functions.indices.map { index in
        [
          "\(index + 1)", sample.functions[index], "\(sample.counts[index])",
          "\(log10(Double(sample.counts[index]) / Double(sample.samples)))", "\(sample.complexities[index])",
        ]
      })
  }

  /// One row for each count that occurs, over all functions found: the whole curve of frequency against rank.
  var ranks: String {
    var rank = 0
    let rows = zip(sample.countValues, sample.countFunctions).map { count, functions in
      defer { rank += functions }
      return ["\(count)", "\(functions)", "\(rank + 1)", "\(rank + functions)"]
    }
    return Self.csv(["count", "functions", "first_rank", "last_rank"], rows)
  }

  /// One row for each complexity, over all functions found.
  var complexities: String {
    Self.csv(
      ["lempel_ziv_complexity_bits", "functions", "networks", "largest_count"],
      sample.complexityClasses.map {
        ["\($0.complexity)", "\($0.functions)", "\($0.samples)", "\($0.largestCount)"]
      })
  }

  private static func csv(_ header: [String], _ rows: [[String]]) -> String {
    ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }
}
