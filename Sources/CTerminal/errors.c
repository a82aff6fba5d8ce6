/* Standard error while the screen is up: kept in memory, because on the alternate screen it would spoil the
 * view and then be lost. */
#include "internal.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static int held = -1;
static int original = -1;

void ct_errors_hold(void) {
    if (held >= 0 || !isatty(STDERR_FILENO)) return;
    held = memfd_create("standard error", MFD_CLOEXEC);
    if (held < 0) return;
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (original < 0 || dup2(held, STDERR_FILENO) < 0) {
        if (original >= 0) close(original);
        close(held);
        held = original = -1;
    }
}

/* Nobody has checked this text: it gets no chance to act on the terminal. Controls become question marks, C1
 * among them, which in UTF-8 are two bytes and which xterm obeys in that form, too. */
static void disarm(unsigned char *bytes, ssize_t count, unsigned char *previous) {
    for (ssize_t index = 0; index < count; index++) {
        unsigned char byte = bytes[index];
        bool is_c0 = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
        bool is_c1 = *previous == 0xC2 && byte >= 0x80 && byte <= 0x9F;
        if (is_c0 || is_c1) bytes[index] = '?';
        *previous = byte;
    }
}

void ct_errors_replay(void) {
    if (held < 0) return;
    dup2(original, STDERR_FILENO);
    unsigned char bytes[1024];
    unsigned char previous = 0;
    off_t position = 0;
    ssize_t count;
    while ((count = pread(held, bytes, sizeof bytes, position)) > 0) {
        disarm(bytes, count, &previous);
        ct_write(STDERR_FILENO, (const char *)bytes, (unsigned long)count);
        position += count;
    }
    close(original);
    close(held);
    held = original = -1;
}

int ct_output_failed(void) {
    return ferror(stdout);
}
