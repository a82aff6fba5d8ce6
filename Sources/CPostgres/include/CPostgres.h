#ifndef AUDIT_TUI_CPOSTGRES_H
#define AUDIT_TUI_CPOSTGRES_H

// What libpq can only do by waiting: resolving names and connecting, and asking a server to cancel. Each runs on a thread
// of its own that shares nothing with its caller but the pipe by which it says that it is done.

// Begins to connect with these keywords and values, both ending with a null pointer (PQconnectdbParams).
// Returns a descriptor that becomes readable when it is done, or -1 with errno.
int cp_connect(const char *const *keywords, const char *const *values);

// Takes the connection (a PGconn) from a readable descriptor of cp_connect; null when there is none yet.
void *cp_take_connection(int descriptor);

// Asks the server of a connection (a PGconn) to give up its statement (PQcancel).
// Returns a descriptor that becomes readable when that is done, or -1.
int cp_cancel(void *connection);

#endif
