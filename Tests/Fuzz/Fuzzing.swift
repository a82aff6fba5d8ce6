/// What libFuzzer calls with each input; built by `scripts/fuzz` alone, since it has no `main` of its own.
///
/// Every target has a function `check`, which traps when a law does not hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    check(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// The input cut at each of these bytes.
func parts(_ bytes: [UInt8], at separator: UInt8) -> [[UInt8]] {
    bytes.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
}
