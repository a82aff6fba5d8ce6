#include "CTerminal.h"
#include "internal.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The signals that end the process or stop it: the echo must be on again before they may. */
static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};
enum { CAUGHT = sizeof caught / sizeof caught[0] };

static volatile sig_atomic_t arrived;

static void note(int number) {
    arrived = number;
}

static void catch_signals(struct sigaction *before) {
    /* Without SA_RESTART: read must return. */
    struct sigaction action = {.sa_handler = note};
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < CAUGHT; index++) {
        sigaction(caught[index], NULL, &before[index]);
        if (before[index].sa_handler != SIG_IGN) sigaction(caught[index], &action, NULL);
    }
}

/* Reads up to the end of the line; what does not fit is dropped. Negative at the end of input or on a signal. */
static int read_line(int descriptor, char *buffer, int capacity) {
    int length = 0;
    char byte;
    for (;;) {
        ssize_t count = arrived ? -1 : read(descriptor, &byte, 1);
        if (count != 1) return -1;
        if (byte == '\n') return length;
        if (length < capacity) buffer[length++] = byte;
    }
}

static int read_without_echo(int descriptor, const char *prompt, char *buffer, int capacity) {
    struct termios normal;
    if (tcgetattr(descriptor, &normal) != 0) return -1;
    struct termios quiet = normal;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    quiet.c_lflag |= ICANON | ISIG;
    tcsetattr(descriptor, TCSAFLUSH, &quiet);
    ct_write(descriptor, prompt, strlen(prompt));
    int length = read_line(descriptor, buffer, capacity);
    ct_write(descriptor, "\n", 1);
    tcsetattr(descriptor, TCSADRAIN, &normal);
    return length;
}

int ct_read_password(const char *prompt, char *buffer, int capacity) {
    if (ct_session.started) return -1;
    int descriptor = ct_open_terminal();
    if (descriptor < 0) return -1;
    int length;
    bool again;
    do {
        struct sigaction before[CAUGHT];
        arrived = 0;
        catch_signals(before);
        length = read_without_echo(descriptor, prompt, buffer, capacity);
        for (int index = 0; index < CAUGHT; index++) sigaction(caught[index], &before[index], NULL);
        /* Now the signal may do what it would have done; after a stop, the prompt appears once more. */
        if (arrived) raise(arrived);
        again = arrived == SIGTSTP || arrived == SIGTTIN || arrived == SIGTTOU;
    } while (again);
    close(descriptor);
    return length;
}
