#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "CTerminal.h"

static int pipe_ends[2] = {-1, -1};
static struct termios before;
static volatile sig_atomic_t is_armed;
static int input = -1, output = -1;

// No synchronised output, no alternate screen, a cursor, no attributes, numeric keypad.
static const char reset[] = "\033[?2026l\033[?1049l\033[?25h\033[0m\033[?1l\033>";

static void restore(void) {
    if (!is_armed) return;
    is_armed = 0;
    ssize_t written = write(output, reset, sizeof reset - 1);
    (void)written;
    tcsetattr(input, TCSANOW, &before);
}

// Only what is allowed in a handler. Swift's own backtracer is not called: it would wait for a key on this terminal.
static void crash(int number) {
    restore();
    signal(number, SIG_DFL);
    raise(number);
}

static void report(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(pipe_ends[1], &byte, 1);
    (void)written;
    errno = saved;
}

int ct_signal_pipe(void) {
    if (pipe_ends[0] >= 0) return pipe_ends[0];
    if (pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    struct sigaction action = {.sa_handler = report, .sa_flags = SA_RESTART};
    const int signals[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
    for (unsigned i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, NULL);
    return pipe_ends[0];
}

void ct_guard_arm(int in, int out) {
    static int is_installed;
    static char stack[16384];
    input = in;
    output = out;
    if (tcgetattr(in, &before) != 0) return;
    is_armed = 1;
    if (is_installed) return;
    is_installed = 1;
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
    struct sigaction action = {.sa_handler = crash, .sa_flags = SA_ONSTACK};
    const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
    for (unsigned i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, NULL);
    atexit(restore);
}

void ct_guard_disarm(void) {
    if (is_armed) tcsetattr(input, TCSANOW, &before);
    is_armed = 0;
}
