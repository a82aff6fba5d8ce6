/* Gives the terminal back when the program crashes.
 *
 * The handler does not hand over to the handlers that were there before: Swift's backtracer would wait for
 * a key on a terminal that nobody can see. */
#include "internal.h"

#include <signal.h>
#include <stddef.h>

/* SIGQUIT belongs to them: it asks for a core dump of whatever goes on. */
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT};
enum { FATAL = sizeof fatal / sizeof fatal[0] };

static struct sigaction before[FATAL];
static stack_t stack_before;
static char stack[64 * 1024];

/* CAN ends a sequence that was cut short. Then: synchronised output, mouse and paste modes off, to the last
 * line (where there is no alternate screen), out of the alternate screen, attributes, cursor, keypad and
 * character set as usual. Private modes that a terminal does not know, it ignores (ECMA-48, xterm's ctlseqs). */
static const char reset[] =
    "\x18\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l"
    "\x1b[0m\x1b[9999;1H\x1b[?1049l\x1b[0m\x1b[?25h\x1b[?1l\x1b>\x1b(B\x0f\r";

static void restore_and_die(int number) {
    if (ct_session.active) {
        ct_session.active = false;
        ct_write(ct_session.descriptor, reset, sizeof reset - 1);
        tcsetattr(ct_session.descriptor, TCSANOW, &ct_session.before);
        ct_errors_replay();
    }
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigaction(number, &standard, NULL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    raise(number);
}

void ct_guard_install(void) {
    /* A stack of its own: the usual reason for SIGSEGV is that the other one is full. */
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&own, &stack_before);
    struct sigaction action = {.sa_handler = restore_and_die, .sa_flags = SA_ONSTACK};
    sigfillset(&action.sa_mask);
    for (int index = 0; index < FATAL; index++) sigaction(fatal[index], &action, &before[index]);
}

void ct_guard_remove(void) {
    for (int index = 0; index < FATAL; index++) sigaction(fatal[index], &before[index], NULL);
    sigaltstack(&stack_before, NULL);
}
