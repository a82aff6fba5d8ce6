/// The number with commas between thousands.
public func grouped(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { result += "," }
        result.append(digit)
    }
    return number < 0 ? "-" + result : result
}

/// A number of bytes in its largest unit: `812 B`, `1.5 kB`, `34 GB`.
public func byteText(_ bytes: Int64) -> String {
    var value = Double(bytes)
    var units = ["B", "kB", "MB", "GB", "TB"][...]
    while value >= 1000, units.count > 1 {
        value /= 1000
        units.removeFirst()
    }
    let tenths = Int((value * 10).rounded())
    let number = bytes < 1000 || tenths >= 100 ? "\(Int(value.rounded()))" : "\(tenths / 10).\(tenths % 10)"
    return "\(number) \(units.first ?? "B")"
}
