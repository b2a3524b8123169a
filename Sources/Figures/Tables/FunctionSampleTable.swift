import Encodings
import Foundation
import Specifications

/// A sample of functions as tidy tables, units in the column names.
struct FunctionSampleTable {
  let sample: FunctionSampleResult

  /// One row for each function that is kept by name, by rank.
  var functions: String {
    CSVTable(
      header: ["rank", "function_hex", "count", "log10_sampled_prior", "lempel_ziv_complexity_bits"],
      rows: sample.ranked.map {
        ["\($0.rank)", $0.function, "\($0.count)", "\(log10($0.probability))", "\($0.complexity)"]
      }
    ).text
  }

  /// One row for each count that occurs, over all functions found: the whole curve of frequency against rank.
  var ranks: String {
    CSVTable(
      header: ["count", "functions", "first_rank", "last_rank"],
      rows: sample.ranksByCount.map {
        ["\($0.count)", "\($0.ranks.count)", "\($0.ranks.lowerBound)", "\($0.ranks.upperBound)"]
      }
    ).text
  }

  /// One row for each complexity, over all functions found.
  var complexities: String {
    CSVTable(
      header: ["lempel_ziv_complexity_bits", "functions", "networks", "largest_count"],
      rows: sample.complexityClasses.map {
        ["\($0.complexity)", "\($0.functions)", "\($0.samples)", "\($0.largestCount)"]
      }
    ).text
  }
}
