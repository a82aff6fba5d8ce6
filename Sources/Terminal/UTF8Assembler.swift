/// Puts characters together from the bytes that a terminal sends, however they are cut into reads.
///
/// ncurses can do this too, but its `get_wch` stops giving keys after a byte that is not UTF-8.
struct UTF8Assembler {
    private var pending: [UInt8] = []

    /// What the byte completes, in order: characters, and nil for each run of bytes that is none.
    mutating func take(_ byte: UInt8) -> [Unicode.Scalar?] {
        let isContinuation = byte & 0xC0 == 0x80
        var complete: [Unicode.Scalar?] = []
        if !pending.isEmpty, !isContinuation {
            complete.append(nil)
            pending = []
        }
        pending.append(byte)
        if pending.count >= Self.length(startingWith: pending[0]) {
            complete.append(String(validating: pending, as: UTF8.self)?.unicodeScalars.first)
            pending = []
        }
        return complete
    }

    /// 1 for bytes that start no sequence as well: alone, they are found to be invalid.
    private static func length(startingWith byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
