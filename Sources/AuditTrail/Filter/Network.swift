import Glibc

/// Whether the text is an address of IPv4 or IPv6, with or without the length of a network's prefix.
func isNetwork(_ text: String) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var bytes = [UInt8](repeating: 0, count: 16)
    let address = String(parts[0])
    let bits = inet_pton(AF_INET, address, &bytes) == 1 ? 32 : inet_pton(AF_INET6, address, &bytes) == 1 ? 128 : nil
    guard let bits else { return false }
    guard parts.count == 2 else { return true }
    return Int(parts[1]).map { (0...bits).contains($0) && parts[1].allSatisfy(\.isNumber) } ?? false
}
