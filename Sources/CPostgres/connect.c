#include "CPostgres.h"
#include "threads.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What the thread works with: copies, so that the caller's may go.
struct attempt {
    char **keywords;
    char **values;
    int done;
};

static void free_strings(char **strings) {
    if (strings == NULL) return;
    for (char **string = strings; *string != NULL; string++) free(*string);
    free(strings);
}

static char **copied(const char *const *strings) {
    size_t count = 0;
    while (strings[count] != NULL) count++;
    char **copies = calloc(count + 1, sizeof *copies);
    if (copies == NULL) return NULL;
    for (size_t index = 0; index < count; index++) {
        copies[index] = strdup(strings[index]);
        if (copies[index] == NULL) {
            free_strings(copies);
            return NULL;
        }
    }
    return copies;
}

static void free_attempt(struct attempt *attempt) {
    if (attempt == NULL) return;
    free_strings(attempt->keywords);
    free_strings(attempt->values);
    free(attempt);
}

static void *run(void *argument) {
    struct attempt *attempt = argument;
    PGconn *connection = PQconnectdbParams((const char *const *)attempt->keywords, (const char *const *)attempt->values, 1);
    int done = attempt->done;
    free_attempt(attempt);
    // Whoever waited may have given up: then nobody but this thread knows the connection.
    if (write(done, &connection, sizeof connection) != (ssize_t)sizeof connection && connection != NULL) PQfinish(connection);
    close(done);
    return NULL;
}

int cp_connect(const char *const *keywords, const char *const *values) {
    int ends[2];
    struct attempt *attempt = calloc(1, sizeof *attempt);
    if (attempt == NULL || !cp_pipe(ends)) {
        free_attempt(attempt);
        return -1;
    }
    attempt->keywords = copied(keywords);
    attempt->values = copied(values);
    attempt->done = ends[1];
    if (attempt->keywords != NULL && attempt->values != NULL && cp_run(run, attempt)) return ends[0];
    free_attempt(attempt);
    close(ends[0]);
    close(ends[1]);
    errno = ENOMEM;
    return -1;
}

void *cp_take_connection(int descriptor) {
    struct pollfd entry = {.fd = descriptor, .events = POLLIN};
    if (poll(&entry, 1, 0) != 1) return NULL;
    PGconn *connection = NULL;
    if (read(descriptor, &connection, sizeof connection) != (ssize_t)sizeof connection) return NULL;
    return connection;
}
