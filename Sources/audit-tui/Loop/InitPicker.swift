import AuditSetup
import AuditTrail
import Glibc
import InstallPicker
import Screen
import Terminal

/// What a person has picked.
struct PickedTables {
    var tables: [TableName]
    var excludedColumns: [(table: TableName, column: String)]
    var recordedColumns: [(table: TableName, column: String)]
}

/// The tables to audit when none was named: picked on the terminal.
///
/// Throws `SetupError.nothingNamed` with what there is to choose from when nobody is there to pick, and
/// `CommandError.interrupted` when the person gives up.
func pickTables(
    from catalog: Catalog,
    database: String,
    auditSchema: String,
    theme: @autoclosure () throws -> Theme
) throws -> PickedTables {
    let candidates = catalog.candidates
    guard isInteractive, !candidates.isEmpty else { throw SetupError.nothingNamed(candidates: candidates) }
    let items = candidates.map { candidate in
        TableChoice.Item(
            table: candidate.name,
            rows: rowCountText(candidate.estimatedRows),
            keyColumns: candidate.keyColumns,
            columns: candidate.columns.map { column in
                TableChoice.Column(
                    name: column.name,
                    type: column.type,
                    sample: column.sample,
                    isGenerated: column.isGenerated,
                    isSuspicious: column.isSuspicious,
                    isExcluded: column.isExcluded
                )
            },
            notes: candidate.notes,
            isAudited: candidate.isAudited
        )
    }
    var terminal = try TerminalSession(theme: try theme())
    var picker = TableChoice(database: database, auditSchema: auditSchema, items: items, size: terminal.size())
    while true {
        terminal.present(view(picker))
        var polled = [terminal.inputDescriptor, terminal.signalDescriptor].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        _ = poll(&polled, 2, -1)
        try handleSignals(of: &terminal, &picker)
        for key in terminal.readKeys() {
            switch picker.handle(key) {
            case .undecided: break
            case .suspend: terminal.suspend()
            case .cancelled: throw CommandError.other("nothing was changed")
            case .picked:
                return PickedTables(
                    tables: picker.tables,
                    excludedColumns: picker.excludedColumns,
                    recordedColumns: picker.recordedColumns
                )
            }
        }
    }
}

private func handleSignals(of terminal: inout TerminalSession, _ picker: inout TableChoice) throws {
    for signal in terminal.readSignals() {
        switch signal {
        case .resized, .continued:
            terminal.resize()
            picker.size = terminal.size()
        case .suspendRequested: terminal.suspend()
        case .interrupted, .terminate: throw CommandError.interrupted
        }
    }
}
