import CLibpq

/// What the server says beside its answers: a notice or a warning.
public struct ServerNotice: Equatable, Sendable {
    /// `WARNING`, `NOTICE` and so on, in English whatever the server's language.
    public var severity: String
    /// The primary message.
    public var message: String
}

/// Where a session keeps them; libpq holds a pointer to it.
final class NoticeBox {
    /// More are counted only: a trigger may say something of each row.
    private static let most = 1000

    private(set) var notices: [ServerNotice] = []
    private(set) var count = 0

    fileprivate func take(_ result: OpaquePointer) {
        count += 1
        guard notices.count < Self.most else { return }
        let severity = PQresultErrorField(result, Int32(AUDIT_TUI_DIAG_SEVERITY))
        let message = PQresultErrorField(result, Int32(AUDIT_TUI_DIAG_MESSAGE_PRIMARY))
        notices.append(
            ServerNotice(
                severity: severity.map { String(cString: $0) } ?? "",
                message: message.map { String(cString: $0) } ?? ""
            )
        )
    }
}

/// Takes a notice for libpq, which passes the box on.
private func takeNotice(_ box: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
    guard let box, let result else { return }
    Unmanaged<NoticeBox>.fromOpaque(box).takeUnretainedValue().take(result)
}

extension Connection {
    /// Keeps the first 1,000 of what the server says beside its answers from now on (`PQsetNoticeReceiver`).
    ///
    /// Otherwise it is dropped.
    public func keepNotices() {
        PQsetNoticeReceiver(handle, takeNotice, Unmanaged.passUnretained(noticeBox).toOpaque())
    }

    /// What has been kept, in its order, and how much there was in all.
    public var notices: (kept: [ServerNotice], count: Int) { (noticeBox.notices, noticeBox.count) }

    /// Sends a script of several statements without waiting for the answers, of which there is one each (`PQsendQuery`).
    ///
    /// Throws `PostgresError.connectionLost`.
    public func sendScript(_ script: Statement) throws(PostgresError) {
        guard PQsendQuery(handle, script.text) == 1 else { throw lost(script.name) }
    }
}
