#ifndef AUDIT_TUI_CPOSTGRES_THREADS_H
#define AUDIT_TUI_CPOSTGRES_THREADS_H

#include <stdbool.h>

// Runs a function on a thread that nobody waits for; false when there is none to be had.
bool cp_run(void *(*body)(void *), void *argument);

// A pipe that programs started from here do not inherit.
bool cp_pipe(int ends[2]);

#endif
