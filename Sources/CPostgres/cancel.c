#include "CPostgres.h"
#include "threads.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

struct cancellation {
    PGcancel *cancel;
    int done;
};

static void *run(void *argument) {
    struct cancellation *cancellation = argument;
    char error[256];
    PQcancel(cancellation->cancel, error, sizeof error);
    PQfreeCancel(cancellation->cancel);
    close(cancellation->done);
    free(cancellation);
    return NULL;
}

int cp_cancel(void *connection) {
    int ends[2];
    struct cancellation *cancellation = calloc(1, sizeof *cancellation);
    if (cancellation == NULL) return -1;
    cancellation->cancel = PQgetCancel(connection);
    if (cancellation->cancel == NULL || !cp_pipe(ends)) {
        PQfreeCancel(cancellation->cancel);
        free(cancellation);
        return -1;
    }
    cancellation->done = ends[1];
    if (cp_run(run, cancellation)) return ends[0];
    PQfreeCancel(cancellation->cancel);
    free(cancellation);
    close(ends[0]);
    close(ends[1]);
    return -1;
}
