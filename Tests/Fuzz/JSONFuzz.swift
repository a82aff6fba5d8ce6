import AuditTrail
import JSON
import Screen

/// Tries two documents with a zero byte between them, or else the two halves of an input.
func check(_ bytes: [UInt8]) {
    let middle = bytes.firstIndex(of: 0) ?? bytes.count / 2
    let left = checked(Array(bytes[..<middle]))
    let right = checked(Array(bytes[middle...].drop { $0 == 0 }))
    if bytes.firstIndex(of: 0) == nil { _ = checked(bytes) }
    checkChanges(left, right)
}

/// Parses, and tries the laws of parser, printer and sanitiser; nil for what is no document.
private func checked(_ bytes: [UInt8]) -> JSON? {
    let text = String(decoding: bytes, as: UTF8.self)
    checkSafe(text)
    let value: JSON
    do throws(JSON.ParseError) {
        value = try JSON(parsing: text)
    } catch {
        precondition((0...text.utf8.count).contains(error.offset), "the error is outside of the text")
        return nil
    }
    let printed = value.description
    precondition(printed.unicodeScalars.allSatisfy(isHarmless), "a control character is printed")
    guard let again = try? JSON(parsing: printed) else { preconditionFailure("what is printed cannot be read") }
    precondition(again == value && again.hashValue == value.hashValue, "what is printed is another document")
    precondition(again.description == printed, "it is printed in two ways")
    precondition(numbers(in: printed) == numbers(in: text), "a number is spelled differently")
    precondition(depth(of: text) <= JSON.maximumDepth + 1, "it nests too deep")
    return value
}

private func checkSafe(_ text: String) {
    let safe = SafeText(text)
    precondition(safe.string.unicodeScalars.allSatisfy(isHarmless), "a control character is not made safe")
    precondition(safe.width >= 0 && safe.truncated(to: 7).width <= 7, "it is too wide")
}

private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    !(0..<0x20).contains(scalar.value) && !(0x7F..<0xA0).contains(scalar.value)
        && !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
}

/// The numbers of a text that is a document, found without the parser.
private func numbers(in text: String) -> [[UInt8]] {
    var numbers: [[UInt8]] = []
    var number: [UInt8] = []
    forEachOutsideOfStrings(text) { byte in
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        if isDigit || !number.isEmpty && "+.eE".utf8.contains(byte) {
            number.append(byte)
        } else if !number.isEmpty {
            numbers.append(number)
            number = []
        }
    }
    return number.isEmpty ? numbers : numbers + [number]
}

/// How many arrays and objects are open at most.
private func depth(of text: String) -> Int {
    var depth = 0
    var deepest = 0
    forEachOutsideOfStrings(text) { byte in
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            depth += 1
            deepest = max(deepest, depth)
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
    }
    return deepest
}

private func forEachOutsideOfStrings(_ text: String, _ body: (UInt8) -> Void) {
    var isInside = false
    var isEscaped = false
    for byte in text.utf8 {
        if isInside {
            if !isEscaped && byte == UInt8(ascii: "\"") { isInside = false }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        } else if byte == UInt8(ascii: "\"") {
            isInside = true
        } else {
            body(byte)
        }
    }
}

/// The laws of comparing: nothing differs from itself, and what differs, put into the one document, makes the other.
private func checkChanges(_ left: JSON?, _ right: JSON?) {
    precondition(changes(from: left, to: left).isEmpty, "a document differs from itself")
    let found = changes(from: left, to: right)
    precondition(left != right || found.isEmpty, "equal documents differ")
    guard let right else { return }
    let made = applying(found, to: left)
    precondition(made.map { $0.isSame(as: right) } ?? false, "the changes do not make the other document")
}
