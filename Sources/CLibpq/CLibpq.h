#ifndef AUDIT_TUI_CLIBPQ_H
#define AUDIT_TUI_CLIBPQ_H

#include <libpq-fe.h>

// The field codes of an error are character macros, which Swift does not import.
enum {
    AUDIT_TUI_DIAG_SQLSTATE = PG_DIAG_SQLSTATE,
    AUDIT_TUI_DIAG_MESSAGE_PRIMARY = PG_DIAG_MESSAGE_PRIMARY,
    AUDIT_TUI_DIAG_MESSAGE_DETAIL = PG_DIAG_MESSAGE_DETAIL,
    AUDIT_TUI_DIAG_MESSAGE_HINT = PG_DIAG_MESSAGE_HINT,
};

#endif
