import AuditTrail
import JSON
import Screen

/// The lines of a difference as text in roles.
extension DiffSheet {
    /// The value and what is behind it, as far as it is shown at all and in one role: as long as the text that is drawn.
    func plainText(of line: Diff.Line) -> StyledText {
        let count = LongText.shownBytes(of: line.value, limit: LongText.valueLimit)
        var text = StyledText(SafeText(String(line.value.utf8.prefix(count)) ?? ""), .text)
        if count < line.value.utf8.count { text.append("… " + SafeText(LongText.length(of: line.value)), .diffMeta) }
        let remark = line.remark
        if !remark.isEmpty { text.append("  " + SafeText(remark), .diffMeta) }
        return text
    }

    /// The value and what is behind it, as far as it is shown at all.
    func wholeText(of line: Diff.Line) -> StyledText {
        let count = LongText.shownBytes(of: line.value, limit: LongText.valueLimit)
        var text = line.words(0..<count)
        if count < line.value.utf8.count { text.append("… " + SafeText(LongText.length(of: line.value)), .diffMeta) }
        let remark = line.remark
        if !remark.isEmpty { text.append("  " + SafeText(remark), line.isNoise ? .diffNoise : .diffMeta) }
        return text
    }

    /// As much of the value and of what is behind it as fits into so many columns.
    func elidedText(of line: Diff.Line, to width: Int) -> StyledText {
        let bytes = line.value.utf8.count
        // A character takes no more columns than bytes, and what the sanitiser makes longer is rare and cut anyway.
        if bytes <= width * 4 {
            var text = line.words(0..<bytes)
            let used = text.width
            if used <= width {
                text.append(remarks(of: line, upTo: width - used))
                return text
            }
        }
        var behind = StyledText()
        if line.document?.isExcerpt != true {
            behind.append(" " + SafeText(LongText.length(of: line.value)), .diffMeta)
        }
        behind.append(remarks(of: line, upTo: width - behind.width - 24))
        let room = width - behind.width
        guard room >= 12 else { return line.window(of: width).truncated(to: width) }
        var text = line.window(of: room).truncated(to: room)
        text.append(behind)
        return text
    }

    /// Those remarks that fit as a whole: half a number would be a wrong one.
    private func remarks(of line: Diff.Line, upTo width: Int) -> StyledText {
        var text = StyledText()
        for remark in line.remarks {
            let remark = "  " + SafeText(remark)
            if text.width + remark.width <= width { text.append(remark, line.isNoise ? .diffNoise : .diffMeta) }
        }
        return text
    }

    /// A line of the document: the name of the member, its value, and the comma.
    func text(of line: JSONOutline.Line, isMarked: Bool) -> StyledText {
        var text = StyledText()
        if let name = line.name { text.append(SafeText(LongText.shown(name)) + ": ", .jsonKey) }
        let role: Role =
            switch (line.kind, line.document) {
            case (.folded, _): .jsonFold
            case (_, let value?) where value.isMasked: .secretMasked
            case (_, .string?): .jsonString
            case (_, .number?): .jsonNumber
            case (_, .bool?): .jsonBool
            case (_, .null?): .jsonNull
            default: .text
            }
        text.append(SafeText(LongText.shown(line.value, limit: LongText.valueLimit)), isMarked ? .diffAdd : role)
        if line.hasComma { text.append(",", .text) }
        return text
    }
}

extension Diff.Line {
    /// What the marker and the value mean.
    var role: Role {
        switch kind {
        case .heading, .moved: isNoise ? .diffNoise : .diffMeta
        case .flag: .warning
        case .context: .diffContext
        case .removed, .added:
            isUnknown ? .diffMeta : isNoise ? .diffNoise : kind == .removed ? .diffDelete : .diffAdd
        }
    }

    private var emphasisRole: Role {
        isNoise ? .diffNoise : kind == .removed ? .diffDeleteEmphasis : .diffAddEmphasis
    }

    /// A part of the value in its roles; the bytes begin and end with whole characters.
    fileprivate func words(_ bytes: Range<Int>) -> StyledText {
        var text = StyledText()
        let role = document?.isMasked == true ? Role.secretMasked : role
        var position = bytes.lowerBound
        for range in emphasis {
            let range = range.clamped(to: bytes)
            guard !range.isEmpty else { continue }
            text.append(slice(position..<range.lowerBound), role)
            text.append(slice(range), emphasisRole)
            position = range.upperBound
        }
        text.append(slice(position..<bytes.upperBound), role)
        return text
    }

    /// Enough of the value for so many columns: its beginning, or what leads to the first word that changed.
    fileprivate func window(of width: Int) -> StyledText {
        let count = value.utf8.count
        let first = emphasis.first?.lowerBound ?? 0
        let start = first > width * 2 / 3 ? boundary(first - min(width / 4, 16)) : 0
        let end = boundary(min(count, start + width * 4 + 4))
        var text = StyledText(start > 0 ? "…" : "", role)
        text.append(words(start..<max(start, end)))
        // There is more than fits, even when the window ends here.
        if end < count { text.append(SafeText(repeating: "…", count: width), role) }
        return text
    }

    private func slice(_ bytes: Range<Int>) -> SafeText {
        guard !bytes.isEmpty else { return "" }
        let utf8 = value.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: bytes.lowerBound)
        return SafeText(String(value[start..<utf8.index(start, offsetBy: bytes.count)]))
    }

    /// The beginning of the character of UTF-8 that a byte belongs to.
    private func boundary(_ offset: Int) -> Int {
        let utf8 = value.utf8
        var offset = offset
        while offset > 0, offset < utf8.count,
            UTF8.isContinuation(utf8[utf8.index(utf8.startIndex, offsetBy: offset)])
        { offset -= 1 }
        return offset
    }
}
