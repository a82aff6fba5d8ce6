import AuditTrail
import Glibc
import Postgres

/// How a statement ended that can be stopped.
private enum Ending {
    case done
    case stopped
    case failed(PostgresError)
}

extension IndexBuilder {
    /// How long the dropping of an unfinished index may wait for each lock when a step was broken off.
    private static var cleaningMilliseconds: Int { 10_000 }

    /// Runs a step; when it does not come to its end, leaves no unfinished index if that can be helped.
    func run(
        _ step: IndexPlan.Step,
        _ place: SetupProgress,
        lockTimeoutMilliseconds timeout: Int
    ) throws(SetupError) {
        var waiting = Waiting()
        switch try finish(step, place, timeout, &waiting) {
        case .done: return
        case .stopped: throw .indexingStopped(unfinished: try cleanUp(after: step, place))
        case .failed(let error):
            guard case .refused = error else { throw .server(error) }
            if error.sqlState == "55P03" {
                let blockers = blockers(of: waiting, step, milliseconds: timeout)
                throw .indexingTimeout(
                    step: step.description,
                    milliseconds: timeout,
                    blockers: blockers,
                    unfinished: try cleanUp(after: step, place)
                )
            }
            let unfinished = try cleanUp(after: step, place)
            throw .indexingFailed(step: step.description, error, unfinished: unfinished)
        }
    }

    /// Sends the statement and looks after it ten times a second until it has ended.
    private func finish(
        _ step: IndexPlan.Step,
        _ place: SetupProgress,
        _ timeout: Int,
        _ waiting: inout Waiting
    ) throws(SetupError) -> Ending {
        try execute("set lock_timeout = \(timeout)")
        report(.progress(place))
        var cancellation: Cancellation?
        var failure: PostgresError?
        do throws(PostgresError) { try connection.send(Statement(step.description, step.sql)) } catch {
            // unreached: that a session has ended is noticed when it is read from
            return .failed(error)
        }
        while true {
            do throws(PostgresError) {
                switch try connection.receive(of: step.description) {
                case .pending:
                    if cancellation == nil && isStopped() { cancellation = connection.cancel() }
                    var source = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
                    if poll(&source, 1, 100) == 0 { observe(place, &waiting) }
                case .result: break
                case .finished:
                    guard let cancellation else { return failure.map(Ending.failed) ?? .done }
                    cancellation.waitUntilTaken()
                    return .stopped
                }
            } catch {
                guard case .refused = error else { return .failed(error) }
                failure = error
            }
        }
    }

    private func observe(_ place: SetupProgress, _ waiting: inout Waiting) {
        waiting.looks += 1
        // The statement is over before most looks; later ones are for a person's eyes.
        guard waiting.looks % 3 == 1, let look = look() else { return }
        var place = place
        if let phase = look.phase { place.step += ", \(phase)" }
        place.percent = look.percent
        report(.progress(place))
        let isWaiting = !look.blocking.isEmpty && look.blocking == waiting.blocking
        waiting.blocking = look.blocking
        guard isWaiting, look.blocking != waiting.told else { return }
        let blockers = currentBlockers(look.blocking)
        guard !blockers.isEmpty else { return }
        waiting.told = look.blocking
        report(.waiting(blockers))
    }

    private func look() -> BuildWatch.Look? {
        switch watch {
        case .some(let watch): watch.look()
        case .none: nil
        }
    }

    private func currentBlockers(_ processIDs: [Int64]) -> [LockBlocker] {
        switch watch {
        case .some(let watch): watch.blockers(processIDs)
        case .none: []
        }
    }

    /// Who was waited for when the time was up: those that were seen last, else those that hold the table.
    private func blockers(of waiting: Waiting, _ step: IndexPlan.Step, milliseconds: Int) -> [LockBlocker] {
        let seen = currentBlockers(waiting.blocking)
        guard seen.isEmpty else { return seen }
        return LockBlocker.read(from: connection, of: LockWait(of: step), milliseconds: milliseconds)
    }

    /// Drops what a broken-off step has left; returns its name when it is still there.
    private func cleanUp(after step: IndexPlan.Step, _ place: SetupProgress) throws(SetupError) -> String? {
        guard step.kind != .brief, try isUnfinished(step) else { return nil }
        guard step.kind == .build else { return step.index }
        let dropping = IndexPlan.Step.dropping(step.index, on: step.table, isUnfinished: true)
        var place = place
        place.step = dropping.description
        var waiting = Waiting()
        _ = try finish(dropping, place, Self.cleaningMilliseconds, &waiting)
        return try isUnfinished(step) ? step.index : nil
    }

    private func isUnfinished(_ step: IndexPlan.Step) throws(SetupError) -> Bool {
        do {
            let statement = Statement("index_unfinished", SQLFiles.indexUnfinished)
            return try connection.execute(statement, [step.table.schema, step.index])
                .first { row throws(PostgresError) in try row.boolean(0) } ?? false
        } catch {
            // unreached: a session that ends between a step and this
            throw .server(error)
        }
    }
}

/// What was seen of the sessions that keep a step waiting.
private struct Waiting {
    var looks = 0
    /// Whom the last look saw.
    var blocking: [Int64] = []
    /// Who was told last.
    var told: [Int64] = []
}
