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
        /// The list at the left, the change at the right.
        case sideBySide
    }

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

    /// The columns of the list.
    public var listColumns: Range<Int>
    /// The columns of the difference and its heading.
    public var detailColumns: Range<Int>

    /// The layout of the model's panes on its screen.
    public init(of model: Model) {
        let size = model.size
        shape = Layout.shape(of: size)
        stripRows = Layout.stripRows(of: model, shape)
        stripWidth = stripRows.isEmpty ? 0 : size.columns - 13
        let top = stripRows.upperBound + 1
        let body = top..<max(top, size.bodyEnd)
        (listColumns, detailColumns) = (0..<size.columns, 0..<size.columns)
        switch shape {
        case .tooSmall: (listRows, detailRows) = (0..<0, 0..<0)
        case .split where !model.isMaximized:
            let divider = top + body.count * 2 / 5
            (listRows, detailRows) = (top..<divider, divider + 1..<body.upperBound)
        case .sideBySide where !model.isMaximized:
            let divider = (size.columns - 1) / 2
            (listRows, detailRows) = (body, body)
            (listColumns, detailColumns) = (0..<divider, divider + 1..<size.columns)
        case .tiny, .single, .split, .sideBySide:
            (listRows, detailRows) = model.focus == .list ? (body, 0..<0) : (0..<0, body)
        }
    }

    private static func stripRows(of model: Model, _ shape: Shape) -> Range<Int> {
        guard model.timeStrip.isWanted, model.size.rows >= 20 else { return 2..<2 }
        switch shape {
        case .split, .sideBySide: return model.isMaximized && model.focus == .detail ? 2..<2 : 2..<4
        case .single: return model.focus == .list ? 2..<3 : 2..<2
        case .tiny, .tooSmall: return 2..<2
        }
    }

    fileprivate static func shape(of size: Size) -> Shape {
        if !size.isDrawable { return .tooSmall }
        if size.isTiny { return .tiny }
        if size.columns >= 160 { return .sideBySide }
        return size.columns >= 100 && size.rows >= 24 ? .split : .single
    }
}

extension Size {
    /// Whether there is only room for the most important of everything.
    var isTiny: Bool { columns < 60 || rows < 12 }

    /// The row below those of every view: that of the status.
    var bodyEnd: Int { max(0, rows - (isTiny ? 1 : 2)) }
}
