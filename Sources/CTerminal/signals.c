#include "CTerminal.h"
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* The signals that become bytes in a pipe, to be polled together with everything else. */
static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
enum { WATCHED = sizeof watched / sizeof watched[0] };

static int pipe_ends[2] = {-1, -1};
static struct sigaction before[WATCHED];

static void note(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    /* A full pipe has enough signals in it already. */
    (void)!write(pipe_ends[1], &byte, 1);
    errno = saved;
}

static bool must_stay_ignored(int index) {
    return before[index].sa_handler == SIG_IGN && watched[index] != SIGWINCH && watched[index] != SIGCONT;
}

static void watch(int index) {
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(watched[index], NULL, &before[index]);
    /* What the parent ignores on our behalf, as nohup does, stays ignored. */
    if (!must_stay_ignored(index)) sigaction(watched[index], &action, NULL);
}

bool ct_signals_install(void) {
    if (pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) != 0) return false;
    for (int index = 0; index < WATCHED; index++) watch(index);
    return true;
}

void ct_signals_remove(void) {
    for (int index = 0; index < WATCHED; index++) sigaction(watched[index], &before[index], NULL);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    pipe_ends[0] = pipe_ends[1] = -1;
}

int ct_signal_descriptor(void) {
    return pipe_ends[0];
}

int ct_read_signal(void) {
    unsigned char byte;
    while (read(pipe_ends[0], &byte, 1) == 1) {
        switch (byte) {
        case SIGWINCH: return CT_RESIZED;
        case SIGTERM: return CT_TERMINATE;
        case SIGHUP: return CT_HANGUP;
        case SIGINT: return CT_INTERRUPT;
        case SIGTSTP: return CT_SUSPEND;
        case SIGCONT: return CT_CONTINUED;
        }
    }
    return CT_NO_SIGNAL;
}

void ct_suspend(void) {
    if (!ct_session.started) return;
    struct sigaction standard = {.sa_handler = SIG_DFL};
    struct sigaction stop;
    struct sigaction proceed;
    ct_leave();
    sigaction(SIGTSTP, &standard, &stop);
    /* The signal that continues us is not news. */
    sigaction(SIGCONT, &standard, &proceed);
    /* Not SIGSTOP: without a shell that could continue us, the kernel ignores this one. */
    kill(0, SIGTSTP);
    sigaction(SIGCONT, &proceed, NULL);
    sigaction(SIGTSTP, &stop, NULL);
    ct_enter();
}
