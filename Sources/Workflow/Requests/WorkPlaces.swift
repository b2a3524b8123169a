package import Datasets

/// Where a job finds what it works from.
package struct WorkPlaces: Sendable {
  /// The folders of specs and templates.
  package let project: ProjectFolder
  /// The folders in which images are looked for.
  package let images: DataRoots

  package init(project: ProjectFolder, images: DataRoots) {
    self.project = project
    self.images = images
  }
}
