/// Something in a settings file that is not as it should be, with the place to look at.
public struct Problem: Error, Hashable, Sendable {
    /// The file as it was named.
    public var file: String
    /// The line, 1 at the top.
    public var line: Int
    /// What is wrong, in words for the person at the keyboard; it may hold text of the file.
    public var text: String

    /// A problem at a line of a file.
    public init(file: String, line: Int, _ text: String) {
        self.file = file
        self.line = line
        self.text = text
    }
}

extension Problem: CustomStringConvertible {
    /// `file:line: what`, not sanitised.
    public var description: String { "\(file):\(line): \(text)" }
}
