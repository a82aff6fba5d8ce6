import AuditTrail
import Screen

/// Choosing tables and actors.
extension Model {
    mutating func openPicker(_ subject: Picker.Subject) -> [Effect] {
        let id = nextRequest()
        overlay = .picker(Picker(subject, request: id, marked: markedChoices(of: subject)))
        switch subject {
        case .tables: return [.ask(.tables, id)]
        case .actors: return [.ask(.actors(containing: ""), id)]
        }
    }

    private func markedChoices(of subject: Picker.Subject) -> Set<Picker.Item.Choice> {
        switch subject {
        case .tables:
            return Set(
                filter.tables.compactMap { table in
                    table.schema.map { .table(TableName(schema: $0, name: table.name)) }
                }
            )
        case .actors:
            return Set(
                filter.actors.compactMap { term in
                    switch term {
                    case .exactly(let actor): .actor(actor)
                    case .none: .nobody
                    case .matching: nil
                    }
                }
            )
        }
    }

    mutating func fill(_ items: [Picker.Item], of id: RequestID) -> [Effect] {
        guard case .picker(var picker) = overlay, picker.items == .loading(id) || picker.search == id else { return [] }
        if picker.search == id {
            let known = Set((picker.items.value ?? []).map(\.choice))
            picker.items = .loaded((picker.items.value ?? []) + items.filter { !known.contains($0.choice) })
            picker.search = nil
        } else {
            picker.items = .loaded(items)
        }
        overlay = .picker(picker)
        return []
    }

    mutating func handle(_ key: Key, in picker: Picker) -> [Effect] {
        var picker = picker
        switch key {
        case .escape:
            overlay = nil
            return []
        case .enter:
            overlay = nil
            return apply(picker.choices, of: picker.subject)
        case .down, .control("n"): picker.move(by: 1)
        case .up, .control("p"): picker.move(by: -1)
        case .pageDown: picker.move(by: 10)
        case .pageUp: picker.move(by: -10)
        case .character(" "): picker.toggleMark()
        case .control("u"): picker.text = ""
        case .backspace: picker.text = String(picker.text.dropLast())
        case .control("z"): return [.suspend]
        case .character(let character): picker.text.append(character)
        default: break
        }
        return takeTyped(picker)
    }

    /// Shows the picker and, where its text is another now, looks for that.
    mutating func takeTyped(_ picker: Picker) -> [Effect] {
        var picker = picker
        let isTyping = pickerText != picker.text
        if isTyping { picker.selection = 0 }
        overlay = .picker(picker)
        return isTyping ? searchActors() : []
    }

    private var pickerText: String? {
        if case .picker(let picker) = overlay { picker.text } else { nil }
    }

    /// Lets the server look for actors that were not among the busiest.
    private mutating func searchActors() -> [Effect] {
        guard case .picker(var picker) = overlay, picker.subject == .actors, !picker.text.isEmpty,
            picker.items.value != nil
        else { return [] }
        let id = nextRequest()
        picker.search = id
        overlay = .picker(picker)
        return [.ask(.actors(containing: picker.text), id)]
    }

    private mutating func apply(_ choices: [Picker.Item.Choice], of subject: Picker.Subject) -> [Effect] {
        var filter = filter
        switch subject {
        case .tables:
            filter.tables = choices.compactMap { choice in
                if case .table(let table) = choice { TablePattern(schema: table.schema, name: table.name) } else { nil }
            }
        case .actors:
            filter.actors = choices.compactMap { choice in
                switch choice {
                case .actor(let actor): .exactly(actor)
                case .nobody: ActorTerm.none
                case .table: nil
                }
            }
        }
        return apply(filter)
    }
}

extension Picker {
    mutating func move(by distance: Int) {
        selection = min(max(0, selection + distance), max(0, matches.count - 1))
    }

    /// Marks what is under the cursor, or takes the mark away, and goes on.
    mutating func toggleMark() {
        let matches = matches
        guard matches.indices.contains(selection) else { return }
        let choice = matches[selection].choice
        if marked.remove(choice) == nil { marked.insert(choice) }
        move(by: 1)
    }
}
