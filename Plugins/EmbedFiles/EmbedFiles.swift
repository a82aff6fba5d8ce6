import Foundation
import PackagePlugin

/// Compiles files into the string constants of an enum: the `.sql` files of a target, in whatever folders, into `SQLFiles`; for a
/// target that has none, the package's `themes` into `ThemeFiles`.
@main
struct EmbedFiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let module = target as? any SourceModuleTarget else { return [] }
        let statements = try files(in: module.directoryURL, withExtension: "sql")
        if !statements.isEmpty { return [try embedding(statements, as: "SQLFiles", context, target)] }
        let themes = try files(in: context.package.directoryURL.appending(path: "themes"), withExtension: "toml")
        return [try embedding(themes, as: "ThemeFiles", context, target)]
    }

    private func files(in folder: URL, withExtension wanted: String) throws -> [URL] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        guard let paths = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return paths.compactMap { $0 as? URL }
            .filter { $0.pathExtension == wanted }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    private func embedding(
        _ files: [URL],
        as name: String,
        _ context: PluginContext,
        _ target: any Target
    ) throws -> Command {
        let output = context.pluginWorkDirectoryURL.appending(path: "\(name).swift")
        return .buildCommand(
            displayName: "Embedding the files of \(target.name)",
            executable: try context.tool(named: "embed-files").url,
            arguments: [output.path] + files.map(\.path),
            inputFiles: files,
            outputFiles: [output]
        )
    }
}
