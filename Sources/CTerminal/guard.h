#ifndef CTERMINAL_GUARD_H
#define CTERMINAL_GUARD_H

// Restores the terminal when the process dies with a session open.
void ct_guard_arm(int in, int out);
void ct_guard_disarm(void);

#endif
