/// What became of a record that was handed to the store.
package struct WrittenRun: Equatable, Sendable {
  /// The record as it is stored now: with the measurements that were there before.
  package let record: RunRecord
  /// The record that stood there with another outcome of the same training, and was replaced: its
  /// measurements are those of another network. Nil as a rule.
  package let superseded: RunRecord?
  /// The damaged file that stood there, and was set aside. Nil as a rule.
  package let damaged: DamagedFile?
}
