// swift-tools-version: 6.1
import PackageDescription

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// One row per library target: its name, the targets it may import, and the packages it uses.
/// `Tests/ArchitectureTests` reads this table and fails when a file imports anything else;
/// `Documentation/Architecture.md` explains it.
let layers: [(name: String, imports: [String], packages: [Target.Dependency])] = [
  ("Encodings", ["COpenSSL"], []),
  ("LinearAlgebra", ["COpenBLAS", "CProcessLimits"], []),
  ("RandomStreams", ["CRandomNormals"], []),
  ("DatasetDescriptions", [], []),
  ("Datasets", ["DatasetDescriptions", "Encodings", "LinearAlgebra", "CZlib"], []),
  ("Optimisers", ["RandomStreams", "COptimiserSteps"], []),
  (
    "NeuralNetworks", ["Encodings", "LinearAlgebra", "RandomStreams", "Optimisers", "CNetworkProducts"], []
  ),
  ("OneDNNEngine", ["LinearAlgebra", "NeuralNetworks", "COneDNN"], []),
  ("TorchEngine", ["Encodings", "LinearAlgebra", "NeuralNetworks", "Optimisers", "CTorchEngine"], []),
  ("PlainEngine", ["LinearAlgebra", "RandomStreams", "Optimisers", "NeuralNetworks"], []),
  ("Training", ["NeuralNetworks", "RandomStreams", "LinearAlgebra", "Optimisers"], []),
  ("Flatness", ["NeuralNetworks", "LinearAlgebra", "RandomStreams", "Optimisers", "CLBFGSB"], []),
  ("FunctionPriors", ["LinearAlgebra", "RandomStreams", "CFunctionSampling"], []),
  ("Statistics", ["RandomStreams"], []),
  ("Specifications", ["DatasetDescriptions"], []),
  ("SpecReading", ["DatasetDescriptions", "Specifications"], [yams]),
  ("ReportDocuments", ["Encodings", "Specifications"], []),
  ("Planning", ["Encodings", "Specifications"], []),
  ("RunStorage", ["Encodings", "Specifications", "Planning"], []),
  (
    "Experiments",
    [
      "DatasetDescriptions", "Encodings", "LinearAlgebra", "RandomStreams", "Optimisers", "Datasets",
      "NeuralNetworks", "Training",
      "Flatness", "FunctionPriors", "Specifications", "Planning", "RunStorage",
    ], []
  ),
  ("Plotting", ["CCairo", "Encodings"], []),
  (
    "Figures",
    [
      "Encodings", "ReportDocuments", "Specifications", "Planning", "RunStorage", "Statistics",
      "RandomStreams",
      "Plotting",
    ], []
  ),
  (
    "Reporting",
    [
      "DatasetDescriptions", "Encodings", "ReportDocuments", "Figures", "Specifications", "Planning",
      "RunStorage", "Plotting", "CFolderExchange",
    ], [mustache]
  ),
  (
    "Bundles",
    [
      "CArchive", "Encodings", "Datasets", "ReportDocuments", "Specifications", "Planning", "RunStorage",
      "Plotting",
      "Figures", "Reporting",
    ],
    []
  ),
  ("Clusters", ["Encodings", "Specifications", "Planning", "RunStorage"], []),
  (
    "Workflow",
    [
      "Encodings", "LinearAlgebra", "RandomStreams", "Datasets", "NeuralNetworks",
      "OneDNNEngine", "TorchEngine", "Flatness",
      "FunctionPriors", "Specifications", "SpecReading", "Planning", "RunStorage", "Experiments", "Figures",
      "Plotting", "ReportDocuments", "Reporting",
      "Bundles", "Clusters",
    ],
    []
  ),
]

/// An import is internal unless it says otherwise, so that the compiler proves that no C type, and no type of a layer
/// that is not exposed on purpose, shows in what a target declares for others.
///
/// Tests see internal declarations in the optimised build, too: `make report` and `make test` share it.
let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .unsafeFlags(["-enable-testing"], .when(configuration: .release)),
]

/// Layers that describe, store and order work and write about it, and leave loops over numbers to the others. They
/// are compiled without optimisation, in a third of the time, as the commands are: that takes half off the first
/// build, and adds half a second to a report.
let layersWithoutLoops: Set<String> = [
  "Specifications", "SpecReading", "ReportDocuments", "Planning", "RunStorage", "Experiments", "Figures",
  "Reporting", "Bundles", "Clusters", "Workflow",
]
/// Layers whose tests compare with plain loops of their own, which would take minutes without optimisation.
let testsOfLoops: Set<String> = ["LinearAlgebra", "NeuralNetworks"]
/// Without the second flag a process of its own would read each such target again, to emit a module for which nothing
/// waits: an eighth of what building all tests takes.
let unoptimised: [SwiftSetting] = [
  .unsafeFlags(["-Onone", "-no-emit-module-separately-wmo"], .when(configuration: .release))
]

/// Whether `make fuzz` builds. It calls nothing but readers of files, so that of the layers with loops those alone are
/// optimised whose readers gain by it (that of FunctionPriors does not): the build takes four fifths of the time.
let isFuzzed = Context.environment["PLATEAU_FUZZ"] != nil
let layersWithReaders: Set<String> = ["Encodings", "Datasets", "NeuralNetworks"]

func isOptimised(_ layer: String) -> Bool {
  isFuzzed ? layersWithReaders.contains(layer) : !layersWithoutLoops.contains(layer)
}

let resources: [String: [Resource]] = ["Datasets": [.copy("BuiltIn")]]
let testResources: Set<String> = [
  "Experiments", "Flatness", "FunctionPriors", "NeuralNetworks", "Statistics", "Training",
]

/// What tests compare with beside what their target may import.
let testImports: [String: [String]] = [
  "NeuralNetworks": ["OneDNNEngine"],
  "Specifications": ["Encodings"], "SpecReading": ["Encodings", "Planning"],
  "Planning": ["SpecReading"], "Experiments": ["SpecReading"], "Figures": ["SpecReading"],
  "Bundles": ["SpecReading"],
]

let package = Package(
  name: "plateau",
  products: [.executable(name: "plateau", targets: ["plateau"])],
  dependencies: [
    // Exact versions: the reading of every spec depends on Yams and the bytes of every page on swift-mustache.
    // `BuildFacts.packages` repeats them for the provenance of a report; a test compares the two.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: [
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CLBFGSB", providers: [.apt(["liblbfgsb-dev"])]),
    .systemLibrary(
      name: "CCairo", pkgConfig: "pangocairo",
      providers: [.apt(["libpango1.0-dev", "libcairo2-dev", "libpng-dev"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    // The header alone: the plug-in itself is built by `make engine-torch`, and loaded at run time.
    .systemLibrary(name: "CTorchEngine"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CNetworkProducts"),
    .target(name: "COptimiserSteps"),
    .target(name: "CFolderExchange"),
    .target(name: "CProcessLimits"),
    .target(name: "CRandomNormals"),
    .target(name: "CFunctionSampling", dependencies: ["CRandomNormals"]),
    .executableTarget(
      name: "plateau",
      dependencies: [
        "Encodings", "LinearAlgebra", "DatasetDescriptions", "Datasets", "PlainEngine", "FunctionPriors",
        "Specifications", "SpecReading", "Experiments", "Figures", "ReportDocuments", "Reporting", "Bundles",
        "Clusters", "Workflow", argumentParser,
      ],
      swiftSettings: unoptimised),
    .executableTarget(
      name: "PlateauBenchmarks",
      dependencies: [
        "Datasets", "LinearAlgebra", "Optimisers", "NeuralNetworks", "OneDNNEngine", "Training", "Flatness",
        "FunctionPriors", "RandomStreams", "Specifications", "SpecReading", "Experiments",
      ],
      path: "Benchmarks/PlateauBenchmarks"),
    .target(
      name: "TestSupport",
      dependencies: [
        "LinearAlgebra", "RandomStreams", "Specifications", "SpecReading", "NeuralNetworks", "OneDNNEngine",
        "PlainEngine", "TorchEngine", "Optimisers",
      ],
      path: "Tests/TestSupport", swiftSettings: isFuzzed ? unoptimised : []),
    .testTarget(name: "ArchitectureTests", swiftSettings: unoptimised),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "plateau", "TestSupport", "Workflow", "Bundles", "Encodings", "Specifications", "SpecReading",
        "Planning", "RunStorage", "NeuralNetworks",
        "LinearAlgebra", "Datasets",
      ],
      swiftSettings: unoptimised),
  ]
    + layers.map { layer in
      .target(
        name: layer.name, dependencies: layer.imports.map { .target(name: $0) } + layer.packages,
        resources: resources[layer.name],
        swiftSettings: swiftSettings + (isOptimised(layer.name) ? [] : unoptimised))
    }
    + layers.map { layer in
      // A test may use whatever its target may use.
      .testTarget(
        name: layer.name + "Tests",
        dependencies: [.target(name: layer.name), "TestSupport"]
          + (layer.imports + testImports[layer.name, default: []]).filter { !$0.hasPrefix("C") }
          .map { .target(name: $0) } + layer.packages,
        resources: testResources.contains(layer.name) ? [.copy("Oracles")] : nil,
        swiftSettings: testsOfLoops.contains(layer.name) ? [] : unoptimised)
    }
)

// libFuzzer brings the `main` of this one, which `make fuzz` alone builds, with all it uses instrumented.
if isFuzzed {
  package.targets.append(
    .executableTarget(
      name: "PlateauFuzz",
      dependencies: [
        "TestSupport", "Encodings", "Datasets", "NeuralNetworks", "FunctionPriors", "Specifications",
        "SpecReading", "ReportDocuments", "Planning", "RunStorage", "Reporting", "Bundles", "CZlib",
      ],
      path: "Fuzzing/PlateauFuzz"))
}
