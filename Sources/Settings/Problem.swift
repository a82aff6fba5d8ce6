/// Something in a settings file that is not as it should be, with the place to look at.
public struct Problem: Error, Hashable, Sendable {
    /// What cannot be relied on because of it.
    public enum Subject: Hashable, Sendable {
        /// One setting, without which the program goes on.
        case setting
        /// What is masked: a value that should be hidden may not be.
        case masks
        /// The whole file, of which nothing is understood, masks included.
        case file
    }

    /// The file as it was named.
    public var file: String
    /// The line, 1 at the top.
    public var line: Int
    /// What is wrong, in words for the person at the keyboard; it may hold text of the file.
    public var text: String
    /// What cannot be relied on because of it.
    public var subject: Subject

    /// A problem at a line of a file.
    public init(file: String, line: Int, _ text: String, subject: Subject = .setting) {
        self.file = file
        self.line = line
        self.text = text
        self.subject = subject
    }

    /// Whether it is unknown what is masked, so that no value may be shown.
    public var leavesMasksUnknown: Bool {
        switch subject {
        case .setting: false
        case .masks, .file: true
        }
    }
}

extension Problem: CustomStringConvertible {
    /// `file:line: what`, not sanitised.
    public var description: String { "\(file):\(line): \(text)" }
}
