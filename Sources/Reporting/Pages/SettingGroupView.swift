import Specifications

/// The settings of one group of runs.
struct SettingGroupView {
  let groupName: String
  let hasGroupName: Bool
  let settings: [SettingView]

  /// Settings with the same first part of their path make one group, in the order of the spec's file.
  static func groups(of entries: [SettingEntry]) -> [SettingGroupView] {
    var groups: [(name: String, settings: [SettingView])] = []
    for entry in entries {
      let parts = entry.path.split(separator: ".", maxSplits: 1).map(String.init)
      let name = parts.count == 2 ? parts[0] : ""
      let view = SettingView(entry, name: parts.last ?? entry.path)
      if groups.last?.name == name {
        groups[groups.count - 1].settings.append(view)
      } else {
        groups.append((name, [view]))
      }
    }
    return groups.map {
      SettingGroupView(groupName: $0.name, hasGroupName: !$0.name.isEmpty, settings: $0.settings)
    }
  }
}

/// One setting: its value, where it comes from, and the value at paper size where the profile changed it.
struct SettingView {
  let settingName: String
  let settingValue: String
  let paperValue: String?
  let sources: [SourceTag]

  init(_ entry: SettingEntry, name: String) {
    settingName = name
    settingValue = entry.value.text
    paperValue = entry.paperValue == entry.value ? nil : entry.paperValue?.text
    sources = entry.sources.map(SourceTag.init)
  }
}
