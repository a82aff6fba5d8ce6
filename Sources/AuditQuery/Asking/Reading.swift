import AuditTrail
import JSON
import Postgres

/// One of the readings that take several statements, as an inquiry drives it.
enum Reading: Sendable {
    case history(HistoryReading)
    case row(RowAtReading)
    case table(TableAtReading)
    case revert(RevertReading)
    case names(NameReading)

    mutating func next() -> (statement: Statement, parameters: [String?])? {
        switch self {
        case .history(var reading):
            defer { self = .history(reading) }
            return reading.next()
        case .row(var reading):
            defer { self = .row(reading) }
            return reading.next()
        case .table(var reading):
            defer { self = .table(reading) }
            return reading.next()
        case .revert(var reading):
            defer { self = .revert(reading) }
            return reading.next()
        case .names(var reading):
            defer { self = .names(reading) }
            return reading.next()
        }
    }

    mutating func take(_ result: borrowing QueryResult, milliseconds: Int) throws(PostgresError) {
        switch self {
        case .history(var reading):
            try reading.take(result, milliseconds: milliseconds)
            self = .history(reading)
        case .row(var reading):
            try reading.take(result, milliseconds: milliseconds)
            self = .row(reading)
        case .table(var reading):
            try reading.take(result, milliseconds: milliseconds)
            self = .table(reading)
        case .revert(var reading):
            try reading.take(result, milliseconds: milliseconds)
            self = .revert(reading)
        case .names(var reading):
            try reading.take(result)
            self = .names(reading)
        }
    }

    /// The answer, once there is no statement to run.
    var answer: Answer {
        switch self {
        case .history(let reading):
            reading.history.map(Answer.history) ?? .unanswerable(reading.problem?.description ?? "")
        case .row(let reading):
            reading.answer.map(Answer.row) ?? .unanswerable(reading.problem?.description ?? "")
        case .table(let reading):
            reading.answer.map(Answer.table) ?? .unanswerable(reading.problem?.description ?? "")
        case .names(let reading): .names(reading.unknown)
        case .revert(let reading): reading.script.map(Answer.revert) ?? .unanswerable(reading.problem ?? "")
        }
    }
}
