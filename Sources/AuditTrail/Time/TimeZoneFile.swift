/// Reading the compiled files of the time zone database, whose form RFC 9636 says.
///
/// The C library reads them, too, but for one zone of the whole process, named by its environment, which no part of a
/// program may change while another one reads it.
extension TimeZone {
    /// The zone of a file of version 2 or later; nil when it is none.
    public init?(name: String, file: [UInt8]) {
        var reader = TimeZoneFileReader(bytes: file)
        // The first block has times of 32 bits, for readers of version 1, and is passed over.
        guard let short = reader.header(), reader.skip(short.length(ofTimes: 4)), let long = reader.header(),
            let changes = reader.changes(long), let footer = reader.footer()
        else { return nil }
        let rule = footer.isEmpty ? nil : TimeZoneRule(footer)
        guard footer.isEmpty || rule != nil else { return nil }
        self.init(name: name, changes: changes, rule: rule)
    }

    /// The zone of a rule as POSIX writes it, `CET-1CEST,M3.5.0,M10.5.0/3`; nil when it is none.
    public init?(name: String, rule text: String) {
        guard let rule = TimeZoneRule(text) else { return nil }
        self.init(name: name, changes: [], rule: rule)
    }
}

private struct TimeZoneFileReader {
    /// How many of each there are in a block.
    struct Header {
        var universal: Int, standard: Int, leapSeconds: Int, times: Int, types: Int, characters: Int

        func length(ofTimes size: Int) -> Int {
            times * size + times + types * 6 + characters + leapSeconds * (size + 4) + standard + universal
        }
    }

    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, count <= bytes.count - place else { return false }
        place += count
        return true
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        let start = place
        return skip(count) ? bytes[start..<place] : nil
    }

    /// A number of so many bytes, the most significant first, in two's complement.
    private mutating func number(_ size: Int) -> Int64? {
        guard let bytes = take(size) else { return nil }
        let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(bitPattern: bits << (64 - 8 * size)) >> (64 - 8 * size)
    }

    mutating func header() -> Header? {
        guard let start = take(20), start.prefix(4).elementsEqual("TZif".utf8), start.dropFirst(4).first ?? 0 >= 0x32
        else { return nil }
        var counts: [Int] = []
        for _ in 0..<6 {
            guard let count = number(4), 0...100_000 ~= count else { return nil }
            counts.append(Int(count))
        }
        return Header(
            universal: counts[0],
            standard: counts[1],
            leapSeconds: counts[2],
            times: counts[3],
            types: counts[4],
            characters: counts[5]
        )
    }

    /// The block behind a header, up to the footer.
    mutating func changes(_ header: Header) -> [TimeZone.Change]? {
        var starts: [Int64] = []
        for _ in 0..<header.times {
            guard let start = number(8) else { return nil }
            starts.append(start)
        }
        guard let indexes = take(header.times) else { return nil }
        var offsets: [Int64] = []
        for _ in 0..<header.types {
            guard let offset = number(4), skip(2), abs(offset) < 26 * 3600 else { return nil }
            offsets.append(offset)
        }
        let rest = header.characters + header.leapSeconds * 12 + header.standard + header.universal
        guard skip(rest), let first = offsets.first, indexes.allSatisfy({ Int($0) < offsets.count }) else { return nil }
        // Before the first change the first type holds.
        return [TimeZone.Change(start: .min, offset: first)]
            + zip(starts, indexes).map { TimeZone.Change(start: $0, offset: offsets[Int($1)]) }
    }

    /// The rule between two line feeds at the end.
    mutating func footer() -> String? {
        guard let rest = take(bytes.count - place), rest.count >= 2, rest.first == 10, rest.last == 10 else {
            return nil
        }
        return String(decoding: rest.dropFirst().dropLast(), as: UTF8.self)
    }
}
