import Screen

/// Where the panes lie on a screen of some size.
public struct Layout: Equatable, Sendable {
    /// What fits.
    public enum Shape: Equatable, Sendable {
        /// Nothing but a word of regret.
        case tooSmall
        /// A list of a few columns.
        case tiny
        /// One pane at a time.
        case single
        /// The list above, the change below.
        case split
    }

    /// The smallest screen that is drawn at all.
    public static let minimum = Size(columns: 24, rows: 6)

    /// What fits.
    public var shape: Shape
    /// The screen rows of the histogram: the bars and, where there is room, their axis; empty when it is not shown.
    public var stripRows: Range<Int>
    /// How many bars the histogram has; 0 when it is not shown.
    public var stripWidth: Int
    /// The screen rows of the list of transactions, without its heading; empty when it is not shown.
    public var listRows: Range<Int>
    /// The screen rows of the difference, without its heading; empty when it is not shown.
    public var detailRows: Range<Int>

    /// The layout of the model's panes on its screen.
    public init(of model: Model) {
        let size = model.size
        shape = Layout.shape(of: size)
        stripRows = Layout.stripRows(of: model, shape)
        stripWidth = stripRows.isEmpty ? 0 : size.columns - 13
        let top = stripRows.upperBound + 1
        switch shape {
        case .tooSmall: (listRows, detailRows) = (0..<0, 0..<0)
        case .tiny, .single:
            let footer = shape == .tiny ? 1 : 2
            let body = top..<max(top, size.rows - footer)
            (listRows, detailRows) = model.focus == .list ? (body, 0..<0) : (0..<0, body)
        case .split where model.isMaximized:
            let body = top..<size.rows - 2
            (listRows, detailRows) = model.focus == .list ? (body, 0..<0) : (0..<0, body)
        case .split:
            let divider = top + (size.rows - top - 2) * 2 / 5
            (listRows, detailRows) = (top..<divider, divider + 1..<size.rows - 2)
        }
    }

    private static func stripRows(of model: Model, _ shape: Shape) -> Range<Int> {
        guard model.timeStrip.isWanted, model.size.rows >= 20 else { return 2..<2 }
        switch shape {
        case .split: return model.isMaximized && model.focus == .detail ? 2..<2 : 2..<4
        case .single: return model.focus == .list ? 2..<3 : 2..<2
        case .tiny, .tooSmall: return 2..<2
        }
    }

    fileprivate static func shape(of size: Size) -> Shape {
        if size.columns < minimum.columns || size.rows < minimum.rows { return .tooSmall }
        if size.columns < 60 || size.rows < 12 { return .tiny }
        return size.columns >= 100 && size.rows >= 24 ? .split : .single
    }
}

extension Size {
    /// The rows of a menu of so many entries, above the row of the status.
    func menuRows(count: Int) -> Range<Int> {
        let isTiny = Layout.shape(of: self) == .tiny
        let end = max(1, rows - (isTiny ? 1 : 2))
        return min(end, max(isTiny ? 1 : 2, end - count))..<end
    }
}
