import AuditTrail
import Screen

/// The number of a question, by which its answer is known again.
public struct RequestID: Hashable, Sendable {
    /// Rises with every question.
    public var number: Int

    /// A request of that number.
    public init(_ number: Int) { self.number = number }
}

/// What happens to the browser.
public enum Message: Equatable, Sendable {
    /// A key was pressed.
    case key(Key)
    /// Text was pasted; it may hold anything.
    case pasted(String)
    /// Something was done with the mouse.
    case mouse(Mouse)
    /// The terminal has a new size.
    case resized(Size)
    /// A question was answered.
    case answered(RequestID, Answer)
    /// A question could not be answered.
    case failed(RequestID, Failure)
    /// The session with the server came about or ended.
    case connection(Connection)
    /// The statements that were run last for the page.
    case statements([StatementRecord])
    /// Something was done outside, or could not be.
    case told(Notice)
    /// The file of an export is there, at that path.
    case exportOpened(path: String)
    /// The file of an export cannot be written, for a reason in words.
    case exportFailed(String)
    /// A revert was run and taken back.
    case dryRun(RequestID, DryRun)
    /// The page was waited for as long as what was shown before may stand.
    case waited
    /// Time has passed.
    case tick(Timestamp)
}

/// What the browser wants done.
public enum Effect: Equatable, Sendable {
    /// Put the question to the trail.
    case ask(Question, RequestID)
    /// Give up whatever the server is doing for the page.
    case cancel
    /// Say which statements were run last for the page.
    case showStatements
    /// Run a revert in a session of its own, and take it back.
    case dryRun(RevertScript, RequestID)
    /// Put text on the clipboard of the terminal and say so.
    case copy(String)
    /// Write text to a new file of that name in the current folder and say so.
    case save(String, name: String)
    /// Make a new file of about that name in the current folder for changes in a format, and say so.
    case openExport(ExportFormat, name: String)
    /// Append changes to that file.
    case export([AttributedActivity])
    /// Close that file; nothing is said.
    case closeExport
    /// Show text in the pager.
    case page(String)
    /// Write text to a new file of that name in the current folder and open it in the editor.
    case edit(String, name: String)
    /// Look like the theme of that name, and say so or what is wrong with it.
    case useTheme(String)
    /// Take the mouse from the terminal, or leave it to it again.
    case mouse(Bool)
    /// Connect anew.
    case reconnect
    /// Draw the whole screen again.
    case redraw
    /// Stop as a job of the shell until continued.
    case suspend
    /// Leave.
    case quit
}

/// Why a question has no answer.
public struct Failure: Equatable, Sendable {
    /// One line for the status row.
    public var message: String
    /// Whether the person gave it up.
    public var isCancellation: Bool

    /// A failure in words.
    public init(message: String, isCancellation: Bool = false) {
        self.message = message
        self.isCancellation = isCancellation
    }
}

/// The state of the session with the server.
public enum Connection: Equatable, Sendable {
    /// On the way.
    case connecting
    /// Up; the database and the server as they are to be named on screen.
    case ready(database: String, host: String)
    /// Gone, with the reason.
    case lost(String)
}

/// Data from the server, in one of the four states that look different on screen.
public enum Remote<Value: Equatable & Sendable>: Equatable, Sendable {
    /// Nobody has asked.
    case notAsked
    /// The answer is awaited.
    case loading(RequestID)
    /// The answer.
    case loaded(Value)
    /// There is no answer.
    case failed(Failure)

    /// The answer, when there is one.
    public var value: Value? {
        if case .loaded(let value) = self { value } else { nil }
    }
}
