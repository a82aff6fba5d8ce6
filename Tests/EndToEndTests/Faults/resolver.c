/* A resolver that waits for a minute as long as the file that FAULT names is there, as one does whose name server is dead. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");
    if (node == NULL || strcmp(node, "database.invalid") != 0) return real(node, service, hints, found);
    const char *fault = getenv("FAULT");
    if (fault != NULL && access(fault, F_OK) == 0) sleep(60);
    return real("127.0.0.1", service, hints, found);
}
