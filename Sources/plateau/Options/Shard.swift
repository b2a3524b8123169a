import ArgumentParser
import Workflow

/// One machine's part of the work of n machines, as "i/n" with i from 1 to n.
struct Shard: ExpressibleByArgument {
  let selection: WorkSelection

  init?(argument: String) {
    guard let match = argument.wholeMatch(of: /([0-9]{1,9})\/([0-9]{1,9})/), let number = Int(match.output.1),
      let count = Int(match.output.2), number >= 1, number <= count
    else { return nil }
    selection = .shard(number, of: count)
  }

  static var defaultCompletionKind: CompletionKind { .default }
}
