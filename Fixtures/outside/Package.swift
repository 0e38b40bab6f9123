// swift-tools-version: 6.1
import PackageDescription

// What another package does with the library. A test builds it and runs what it makes.
let package = Package(
  name: "outside",
  platforms: [.macOS(.v14)],
  dependencies: [.package(name: "clinecfg", path: "../..")],
  targets: [
    .executableTarget(
      name: "SetUp", dependencies: [.product(name: "ClineConfig", package: "clinecfg")]),
    .executableTarget(
      name: "Own", dependencies: [.product(name: "ClineConfig", package: "clinecfg")]),
  ]
)
