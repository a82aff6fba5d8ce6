/* What the files of this module share. */
#ifndef CTERMINAL_INTERNAL_H
#define CTERMINAL_INTERNAL_H

#include <stdbool.h>
#include <termios.h>

/* The session. Handlers read it, so that `active` is set last and cleared first. */
struct ct_session {
    volatile bool active;   /* the terminal is ours at this moment */
    bool started;           /* between ct_start and ct_end */
    bool synchronised;      /* the terminal ignores private modes that it does not know */
    bool own_colors;        /* -1 means the terminal's own colour */
    bool mouse;             /* the terminal reports the mouse while it is ours */
    int descriptor;         /* the terminal, above the standard three */
    struct termios before;  /* how ct_start found it */
};
extern struct ct_session ct_session;

/* Opens the controlling terminal at a descriptor above the standard three; -1 when there is none. */
int ct_open_terminal(void);

/* Writes all of it, as far as that is possible; safe in a handler. */
void ct_write(int descriptor, const char *bytes, unsigned long count);

bool ct_signals_install(void);
void ct_signals_remove(void);

void ct_guard_install(void);
void ct_guard_remove(void);

/* Holds back what is written to standard error while the screen is up, and replays it; the latter is safe
 * in a handler. */
void ct_errors_hold(void);
void ct_errors_replay(void);

/* Prepares reading of keys and drawing in colours for the terminal that newterm has just set up. */
bool ct_input_start(void);
void ct_input_resume(void);
void ct_input_end(void);

/* Switches on, or off again, what the terminal reports beside keys: pasted text, and the mouse where it is wanted. */
void ct_reports(bool on);
void ct_colors_start(void);

#endif
