// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "clinecfg",
  platforms: [.macOS(.v14)],
  products: [
    .library(name: "ClineConfig", targets: ["ClineConfig"]),
    .library(name: "LosslessJSON", targets: ["LosslessJSON"]),
    .executable(name: "clinecfg", targets: ["clinecfg"]),
  ],
  targets: [
    .target(name: "CSystem"),
    .target(name: "LosslessJSON", swiftSettings: settings),
    .target(
      name: "ClineConfig", dependencies: ["CSystem", "LosslessJSON"], swiftSettings: settings),
    .target(name: "CommandLineTool", dependencies: ["CSystem"], swiftSettings: settings),
    .target(
      name: "ClinecfgCommands", dependencies: ["ClineConfig", "CommandLineTool", "LosslessJSON"],
      swiftSettings: settings),
    .executableTarget(
      name: "clinecfg", dependencies: ["ClinecfgCommands"], swiftSettings: settings),

    .target(
      name: "TestSupport",
      dependencies: ["ClineConfig", "CommandLineTool", "ClinecfgCommands", "LosslessJSON"],
      path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "LosslessJSONTests", dependencies: ["LosslessJSON", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ClineConfigTests", dependencies: ["ClineConfig", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandLineToolTests", dependencies: ["CommandLineTool", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ClinecfgCommandsTests", dependencies: ["ClinecfgCommands", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests", dependencies: ["Fuzz", "clinecfg", "TestSupport"],
      swiftSettings: settings),
    .executableTarget(
      name: "Proof", dependencies: ["ClineConfig", "TestSupport"], path: "Tests/Proof",
      swiftSettings: settings),
    .executableTarget(
      name: "Fuzz", dependencies: ["ClineConfig", "LosslessJSON"], path: "Tests/Fuzz",
      exclude: ["oracle.mjs"],
      swiftSettings: settings),
    .executableTarget(
      name: "BytesReader", path: "Tests/BytesReader", swiftSettings: settings),
    .executableTarget(
      name: "Benchmarks", dependencies: ["ClineConfig", "LosslessJSON"],
      path: "Tests/Benchmarks",
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
