// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: the Swift 6 language mode of the tools version, and no warning let through.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// A module of the program: what it lists here is all that it may import (Sources/README.md).
///
/// It may have files compiled in: its own statements, which stand beside the Swift files that ask them, or the package's themes.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], hasEmbeddedFiles: Bool = false) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        swiftSettings: strict,
        plugins: hasEmbeddedFiles ? ["EmbedFiles"] : []
    )
}

func tests(
    _ name: String,
    _ dependencies: [Target.Dependency],
    path: String? = nil,
    exclude: [String] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "audit-tui",
    products: [.executable(name: "audit-tui", targets: ["audit-tui"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "CTerminal",
            cSettings: [
                .define("NCURSES_WIDECHAR", to: "1"), .define("_GNU_SOURCE"), .treatAllWarnings(as: .error),
            ],
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
        ),
        .target(
            name: "CPostgres",
            dependencies: ["CLibpq"],
            cSettings: [.define("_GNU_SOURCE"), .treatAllWarnings(as: .error)]
        ),
        module("Postgres", ["CLibpq", "CPostgres"], hasEmbeddedFiles: true),
        module("JSON"),
        module("AuditTrail", ["JSON"]),
        module("AuditQuery", ["Postgres", "AuditTrail", "JSON"], hasEmbeddedFiles: true),
        module("AuditSetup", ["Postgres", "AuditTrail", "JSON"], hasEmbeddedFiles: true),
        module("Report", ["AuditTrail", "JSON", "Screen"]),
        module("Screen"),
        module("Browser", ["AuditTrail", "JSON", "Screen"]),
        module("InstallPicker", ["AuditTrail", "Screen"]),
        module("Settings", ["Screen", .product(name: "TOMLKit", package: "TOMLKit")], hasEmbeddedFiles: true),
        module("Terminal", ["CTerminal", "Screen"]),
        module("PrivateServer", ["Postgres"], hasEmbeddedFiles: true),
        .executableTarget(
            name: "audit-tui",
            dependencies: [
                "Postgres", "JSON", "AuditTrail", "AuditQuery", "AuditSetup", "Report", "Screen", "Browser",
                "InstallPicker", "Settings", "Terminal", "PrivateServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "TestServer",
            dependencies: ["Postgres", "PrivateServer"],
            path: "Tests/TestServer",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "private-server-host",
            dependencies: ["PrivateServer"],
            path: "Tests/PrivateServerHost",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "terminal-host",
            dependencies: ["Screen", "Terminal"],
            path: "Tests/TerminalHost",
            swiftSettings: strict
        ),
        tests(
            "PrivateServerTests",
            [
                "PrivateServer", "AuditSetup", "AuditTrail", "Postgres", "TestDatabase", "TestServer",
                "private-server-host",
            ]
        ),
        .target(
            name: "TestDatabase",
            dependencies: ["Postgres", "TestServer"],
            path: "Tests/TestDatabase",
            swiftSettings: strict
        ),
        .target(
            name: "TestProgram",
            dependencies: ["TestDatabase"],
            path: "Tests/TestProgram",
            swiftSettings: strict
        ),
        tests("PostgresTests", ["Postgres", "TestDatabase"]),
        tests("AuditSetupTests", ["AuditSetup", "AuditTrail", "Postgres", "TestDatabase"], exclude: ["Releases"]),
        tests("AuditQueryTests", ["AuditQuery", "AuditSetup", "AuditTrail", "JSON", "Postgres", "TestDatabase"]),
        tests(
            "EndToEndTests",
            [
                "audit-tui", "AuditTrail", "JSON", "Postgres", "PrivateServer", "Screen", "TestDatabase",
                "TestProgram", "TestServer", "terminal-host",
            ],
            exclude: ["Flask", "Documents", "Faults"]
        ),
        tests(
            "AttackTests",
            ["audit-tui", "AuditQuery", "AuditSetup", "AuditTrail", "JSON", "Postgres", "TestDatabase", "TestProgram"],
            path: "Tests/Attacks"
        ),
        tests("CommandLineTests", ["audit-tui", "AuditSetup", "AuditTrail", "JSON", "Postgres", "Screen", "Settings"]),
        .executableTarget(
            name: "browse-benchmark",
            dependencies: ["AuditQuery", "AuditTrail", "Postgres"],
            path: "Benchmarks/Browse",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "page-benchmark",
            dependencies: ["AuditQuery", "AuditTrail", "Postgres"],
            path: "Benchmarks/Pages",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "diff-benchmark",
            dependencies: ["AuditTrail", "Browser", "JSON", "Screen"],
            path: "Benchmarks/Diff",
            swiftSettings: strict
        ),
        .executableTarget(name: "embed-files", swiftSettings: strict),
        tests("ScreenTests", ["Screen"]),
        tests("SettingsTests", ["Settings", "Screen"]),
        tests("TerminalTests", ["Terminal", "Screen"]),
        tests("JSONTests", ["JSON"]),
        tests("AuditTrailTests", ["AuditTrail", "JSON"]),
        tests("ReportTests", ["Report", "AuditTrail", "JSON", "Screen"]),
        tests(
            "BrowserTests",
            ["Browser", "AuditTrail", "InstallPicker", "JSON", "Screen", "Settings"],
            exclude: ["Screens"]
        ),
        .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"]),
    ]
)
