import AuditTrail
import Screen

/// A filter that what is under the cursor suggests, behind a key of the menu `.`.
public struct Pivot: Equatable, Sendable {
    /// The key in the menu.
    public var key: Character
    /// What it leads to.
    public var purpose: String
    /// The terms in the place of the present filter; none for a look around without one.
    var terms: [FilterTerm]
}

/// Going sideways from what is under the cursor.
extension Model {
    /// How far around a transaction its actor's others are looked for, in seconds.
    private static let reachSeconds: Int64 = 600

    mutating func openPivots() -> [Effect] {
        let pivots = pivots
        guard !pivots.isEmpty else {
            notice = Notice(.info, "there is nothing under the cursor to go from")
            return []
        }
        overlay = .pivots(pivots)
        return []
    }

    mutating func handle(_ key: Key, in pivots: [Pivot]) -> [Effect] {
        overlay = nil
        guard case .character(let character) = key, let pivot = pivots.first(where: { $0.key == character }) else {
            return []
        }
        guard pivot.terms.isEmpty else { return apply(Filter(pivot.terms.map(FilterExpression.term))) }
        return lookAround()
    }

    /// The whole list around the transaction; `\` brings the filter back.
    private mutating func lookAround() -> [Effect] {
        guard let transaction = list.selected, let time = transaction.issuedAt, !filter.isEmpty else {
            notice = Notice(.info, "there is no filter to take away")
            return []
        }
        let off = filter
        let effects = apply(Filter(), at: .at(time), keeping: transaction)
        filterOff = off
        return effects
    }

    private var pivots: [Pivot] {
        guard let transaction = list.selected else { return [] }
        return changePivots + transactionPivots(transaction)
            + [Pivot(key: "u", purpose: "all transactions around this one, without the filter", terms: [])]
    }

    private func transactionPivots(_ transaction: Transaction) -> [Pivot] {
        var pivots: [Pivot] = []
        if let time = transaction.issuedAt {
            let span: [FilterTerm] = [
                .since(TimeTerm(time.adding(seconds: -Self.reachSeconds))),
                .until(TimeTerm(time.adding(seconds: Self.reachSeconds))),
            ]
            let actor = transaction.actor.map { ActorTerm.exactly($0) } ?? ActorTerm.none
            let name = transaction.actor?.displayName ?? "nobody"
            pivots.append(
                Pivot(
                    key: "a",
                    purpose: "\(name), ten minutes before and after",
                    terms: [.actor(.anyOf([actor]))] + span
                )
            )
        }
        if let address = transaction.clientAddress {
            pivots.append(Pivot(key: "c", purpose: "client \(address)", terms: [.client([.network(address)])]))
        }
        pivots.append(
            Pivot(
                key: "x",
                purpose: "this transaction alone",
                terms: [.number(.nativeTransaction, .anyOf([transaction.nativeID]))]
            )
        )
        return pivots
    }

    /// Those of the change and of the line of its difference, where these have the keys.
    private var changePivots: [Pivot] {
        guard focus == .detail, let activity = detail.activity else { return [] }
        var pivots: [Pivot] = []
        let table = TablePattern(activity.table)
        if let key = activity.key, !key.contains(where: \.value.isMasked) {
            let columns = key.map { KeyColumn($0.name, keyValueText($0.value)) }
            let term = columns.count == 1 ? KeyTerm.value(columns[0].value) : .columns(columns)
            let name = columns.map(\.value).joined(separator: ",")
            pivots.append(Pivot(key: "r", purpose: "row \(activity.table.short) #\(name)", terms: [.row(table, term)]))
        }
        pivots.append(Pivot(key: "t", purpose: "table \(activity.table.short)", terms: [.table(.anyOf([table]))]))
        guard let line = detail.lineUnderCursor, activity.verb == .update, line.kind != .context,
            case .member(let column)? = line.location.first
        else { return pivots }
        pivots.append(
            Pivot(
                key: "k",
                purpose: "changes of \(column) in \(activity.table.short)",
                terms: [.table(.anyOf([table])), .column(.exactly([column]))]
            )
        )
        if let old = activity.oldData?[column].flatMap(ValuePattern.init(of:)),
            let new = activity.changedData?[column].flatMap(ValuePattern.init(of:)), line.document?.isMasked != true
        {
            pivots.append(
                Pivot(
                    key: "s",
                    purpose: "the same change of \(column)",
                    terms: [.table(.anyOf([table])), .change(path: [column], from: old, to: new)]
                )
            )
        }
        return pivots
    }
}

extension Frame {
    /// The menu of pivots above the row of the status.
    mutating func drawPivots(_ pivots: [Pivot]) {
        drawMenu(pivots.map { ($0.key, $0.purpose, "") })
    }
}
