extension SpecError: CustomStringConvertible {
  /// What is wrong, where, and what to do.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason):
      return "cannot read \(path): \(reason). Check that it is there and that you may read it"
    case .noFigures(let folder):
      return "\(folder) contains no figure: expected files named fig*.yml beside table1.yml and claims.yml"
    case .syntax(let problem, let location):
      return "\(location): this is not YAML: \(problem)"
    case .tooLarge(let problem, let location):
      return "\(location): \(problem), every alias counted as the values it stands for; write fewer"
    case .unprintable(let character, let location):
      return "\(location): the text holds the character \(character), which no page can show; remove it"
    case .unknown(let what, let found, let known, let location):
      return "\(location): unknown \(what) '\(found)'\(Self.suggestion(for: found, among: known))"
    case .wrongType(let key, let expected, let found, let location):
      return "\(location): '\(key)' must be \(expected), not \(found)"
    case .missingKey(let key, let parent, let location):
      return "\(location): \(parent) lacks the key '\(key)'; add it"
    case .outOfRange(let key, let value, let allowed, let location):
      return "\(location): '\(key)' is \(value), and must be \(allowed)"
    case .duplicate(let what, let name, let location):
      return "\(location): the \(what) '\(name)' appears twice; remove or rename one"
    case .conflict(let one, let other, let parent, let location):
      return "\(location): \(parent) has both '\(one)' and '\(other)'; keep one of them"
    case .profileChangesMethod(let key, let profile, let location):
      return
        "\(location): the profile '\(profile)' changes '\(key)', which is part of the method; a profile may "
        + "change \(ProfileReader.allowed.joined(separator: ", ")). Remove the key, or give the figure "
        + "a run group of its own"
    case .cyclicReference(let chain, let location):
      return
        "\(location): these runs refer to each other by 'from' in a circle: \(chain.joined(separator: " → ")); write one of them out"
    case .sameColumns(let one, let other, let location):
      return "\(location): '\(one)' would fill the same columns as '\(other)'; give it a run group of its own"
    case .misplacedClaim(let claim, let panel, let needs, let location):
      return "\(location): the claim '\(claim)' cannot be judged on panel '\(panel)'; it needs \(needs)"
    case .severalTimelines(let panel, let trainings, let location):
      return
        "\(location): panel '\(panel)' shows a single training, but its group has \(trainings); give the group one size and one sample"
    case .notMeasured(let panel, let quantity, let runs, let needs, let location):
      return
        "\(location): panel '\(panel)' shows \(quantity), which the runs '\(runs)' do not measure; "
        + "add \(needs) to their 'measure'"
    case .unfitRuns(let panel, let shows, let runs, let lack, let location):
      return
        "\(location): panel '\(panel)' shows \(shows), but the runs '\(runs)' have no \(lack); name other runs, "
        + "or show something else"
    case .unknownFigure("", let known):
      return "a figure's id is missing in the list of figures; known: \(known.joined(separator: ", "))"
    case .unknownFigure(let found, let known):
      return "there is no figure '\(found)'\(Self.suggestion(for: found, among: known))"
    }
  }

  private static func suggestion(for found: String, among known: [String]) -> String {
    let list = known.isEmpty ? "" : "; known: \(known.joined(separator: ", "))"
    guard let nearest = NearestName.of(found, among: known) else { return list }
    return "; did you mean '\(nearest)'?\(list.replacing("; known", with: " Known"))"
  }
}
