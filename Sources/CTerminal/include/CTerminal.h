/* What Swift cannot call of ncursesw, termios and signals: macros, variadics, wide cells, handlers.
 *
 * There is one terminal, the controlling one, and one session on it at a time. Nothing here is safe to call
 * from two threads. Functions that need a session do nothing without one. No header of the system is
 * included, so that none of its macros and mutable globals reach Swift. */
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stdint.h>

/* How ct_start ended. */
enum {
    CT_STARTED,
    CT_NO_TERMINAL,      /* no controlling terminal can be opened */
    CT_UNKNOWN_TERMINAL, /* terminfo has no usable entry of that name */
    CT_SYSTEM_FAILURE,   /* errno says what failed */
};

/* Takes the controlling terminal over, as a terminal of the named type: signal pipe, crash guard, alternate
 * screen, raw input, standard error held back. Unless it returns CT_STARTED, all is as it was before. */
int ct_start(const char *type);

/* Gives the terminal back exactly as it was and replays standard error. Does nothing the second time; runs
 * by itself when the process exits. */
void ct_end(void);

/* Gives the terminal back for a while, to another program or to the shell, and takes it over again with a
 * full repaint, adopting a size that changed in between. */
void ct_leave(void);
void ct_enter(void);

/* Stops the process group as ^Z would, between a ct_leave and a ct_enter; returns when it is continued, at
 * once where there is no job control. */
void ct_suspend(void);

/* The descriptors to poll: the terminal, and the pipe of signals. -1 without a session. */
int ct_input_descriptor(void);
int ct_signal_descriptor(void);

/* The next signal that has arrived, as one of these; CT_NO_SIGNAL when there is no more. */
enum {
    CT_NO_SIGNAL,
    CT_RESIZED,
    CT_TERMINATE,
    CT_HANGUP,
    CT_INTERRUPT,
    CT_SUSPEND,
    CT_CONTINUED,
};
int ct_read_signal(void);

/* The size that drawing uses, and adopting the one that the terminal has now. */
void ct_size(int *columns, int *rows);
void ct_resize(void);

/* The number of colours of the terminal, 0 when it has none, and of pairs. More than 256 colours are 24-bit
 * ones, numbered 0xRRGGBB, except that 0 to 7 are still those of the palette. */
int ct_colors(void);
int ct_pairs(void);

/* Gives pair number `pair`, from 1, its colours; -1 is the terminal's own. False when it cannot be had. */
bool ct_set_pair(int pair, int foreground, int background);

/* The attributes of ct_draw: the bits of Screen.Attributes. */
enum {
    CT_BOLD = 1,
    CT_DIM = 2,
    CT_ITALIC = 4,
    CT_UNDERLINE = 8,
    CT_REVERSE = 16,
};

/* Draws one glyph of one or two columns: a spacing scalar and what combines with it, five scalars at most.
 * U+FFFD stands for what the C library does not know or holds for another width, a blank for what does not fit. */
void ct_draw(int column, int row, const uint32_t *scalars, int count, int width, int attributes, int pair);

/* Sends what has been drawn to the terminal, its cursor at that place or hidden when the column is below 0. */
void ct_present(int cursor_column, int cursor_row);

/* Puts text, in base64, on the clipboard of the terminal (OSC 52 of xterm's control sequences). */
void ct_copy(const char *base64);

/* Asks the terminal for reports of the mouse, or gives the mouse back to it; kept through ct_leave and ct_enter. */
void ct_mouse(bool on);

/* Sends everything again with the next ct_present. */
void ct_invalidate(void);

/* The next key without waiting longer than the rest of an escape sequence may take. A byte of text is given
 * in `value`, the number of a function key likewise. */
enum {
    CT_NO_KEY,
    CT_BYTE,
    CT_FUNCTION,
    CT_UP,
    CT_DOWN,
    CT_LEFT,
    CT_RIGHT,
    CT_HOME,
    CT_END_KEY,
    CT_PAGE_UP,
    CT_PAGE_DOWN,
    CT_INSERT,
    CT_DELETE,
    CT_BACKSPACE,
    CT_BACK_TAB,
    CT_ENTER_KEY,
    CT_UNKNOWN_KEY,
};
int ct_read_key(uint32_t *value);

/* Whether standard output could not be written at some time (ferror). */
int ct_output_failed(void);

#endif
