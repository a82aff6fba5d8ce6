import AuditTrail

/// Names in filters that stand for nothing: asked for while a filter is typed, and where nothing was found.
extension Model {
    /// Asks about the names in the prompt's filter, unless that has been done.
    mutating func askForNamesInPrompt() -> [Effect] {
        guard case .filter(var prompt) = overlay, let filter = prompt.understood else { return [] }
        let names = FilterNames(of: filter)
        guard names != prompt.names else { return [] }
        prompt.names = names
        prompt.unknown = []
        prompt.namesRequest = names.isEmpty ? nil : nextRequest()
        overlay = .filter(prompt)
        return prompt.namesRequest.map { [.ask(.names(filter), $0)] } ?? []
    }

    /// Asks about the names in the filter when nothing was found with it.
    mutating func askForNamesOfNothing() -> [Effect] {
        guard list.rows.isEmpty, list.pending == nil, list.failure == nil, list.unknown == nil,
            !FilterNames(of: filter).isEmpty
        else { return [] }
        let id = nextRequest()
        list.unknown = .loading(id)
        return [.ask(.names(filter), id)]
    }

    /// What the server says of the names.
    mutating func accept(_ unknown: [UnknownName], of id: RequestID) -> [Effect] {
        if list.unknown == .loading(id) { list.unknown = .loaded(unknown) }
        if case .filter(var prompt) = overlay, prompt.namesRequest == id {
            prompt.unknown = unknown
            prompt.namesRequest = nil
            overlay = .filter(prompt)
        }
        return []
    }
}
