import CTerminal

/// Whether something could not be written to standard output, now or before (`ferror`).
public func hasOutputFailed() -> Bool { ct_output_failed() != 0 }
