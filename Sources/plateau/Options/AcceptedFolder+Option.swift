import Workflow

extension AcceptedFolder {
  /// The folder that the option `--accepted` names; that of the project without it.
  init(option: String?) {
    switch option {
    case nil: self = .ofProject
    case "none": self = .nothing
    case .some(let folder): self = .folder(folder)
    }
  }
}
