import Screen

/// Tries bytes as what a terminal sends and as the name of a key; a byte of the input says where the reads end.
func check(_ bytes: [UInt8]) {
    let cut = Int(bytes.first ?? 0)
    let sent = Array(bytes.dropFirst())
    checkInputs(sent, readsOf: sent.count + 1)
    checkInputs(sent, readsOf: 1 + cut % 7)
    checkRecovery(after: sent)
    checkName(String(decoding: sent, as: UTF8.self))
}

/// No byte makes more than two inputs: a key that was begun before it, and its own.
private func checkInputs(_ bytes: [UInt8], readsOf length: Int) {
    var decoder = KeyDecoder()
    var inputs: [Input] = []
    for (index, byte) in bytes.enumerated() {
        decoder.take(byte)
        if index % length == length - 1 { inputs += decoder.finish() }
    }
    inputs += decoder.finish()
    precondition(inputs.count <= 2 * bytes.count + 1, "there are more inputs than can have been made")
    precondition(decoder.finish().isEmpty, "an input comes twice")
    for input in inputs { checkInput(input) }
}

private func checkInput(_ input: Input) {
    switch input {
    // No name, or that of an arrow.
    case .key(.unknown), .key(.character("↑")), .key(.character("↓")), .key(.character("←")), .key(.character("→")):
        break
    case .key(let key): precondition(Key(name: key.name) == key, "the name of a key is that of another: \(key)")
    case .pasted(let text): precondition(text.unicodeScalars.count <= 100_000, "what is pasted has no end")
    case .mouse(let mouse): precondition(mouse.column >= 0 && mouse.row >= 0, "the mouse is outside of the screen")
    }
}

/// Whatever came, the end of every sequence there is lets keys be keys again.
private func checkRecovery(after bytes: [UInt8]) {
    var decoder = KeyDecoder()
    for byte in bytes { decoder.take(byte) }
    for byte in Array("\u{1B}[201~\u{7}\u{1B}\\   \u{1B}[201~\u{7}~~~~".utf8) { decoder.take(byte) }
    _ = decoder.finish()
    decoder.take(UInt8(ascii: "q"))
    precondition(decoder.finish() == [.key(.character("q"))], "q is no key any more")
}

/// The name of a key that can be named is that key.
private func checkName(_ text: String) {
    guard let key = Key(name: text) else { return }
    precondition(Key(name: key.name) == key, "the name of a key is that of another: \(key)")
}
