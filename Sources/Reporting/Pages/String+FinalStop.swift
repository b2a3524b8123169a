extension String {
  /// The text without a full stop at its end, for a template that sets its own.
  var withoutFinalStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
