/// Shows on a terminal's standard error which of a command's few steps is under way; elsewhere nothing.
final class StepBar {
  private var isShown = false

  /// Shows that step `number` of `count`, from 1, begins.
  func show(number: Int, count: Int, name: String) {
    guard Console.isTerminal else { return }
    let bar = ProgressText.bar(share: Double(number - 1) / Double(count), width: 24)
    Console.redraw("\(bar) \(number)/\(count) · \(name)")
    isShown = true
  }

  /// Removes the bar.
  func finish() {
    if isShown { Console.redraw("") }
    isShown = false
  }
}
