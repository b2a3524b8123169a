extension DecodingError {
  /// What is wrong with a document of a report, in words and with the place.
  static func words(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ context: Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? "." + $0.stringValue }.joined()
    }
    switch error {
    case .keyNotFound(let key, let context): return "it has no \(place(context)).\(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(place(context)): \(context.debugDescription)"
    case .dataCorrupted: return "it is no valid JSON (NaN and infinite numbers are none)"
    @unknown default: return "\(error)"
    }
  }
}
