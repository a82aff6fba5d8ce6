#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdint.h>

// What Swift cannot call of ncursesw: macros, variadic functions, mutable globals and wide cells; and what has to run
// inside a signal handler. No logic beyond that. One session at a time, on the process's own controlling terminal.

/// How the start of a session ended.
enum ct_start_result {
    CT_STARTED,          ///< The terminal is ours.
    CT_STARTED_FALLBACK, ///< TERM is unknown here; the terminal is treated as xterm-256color.
    CT_NO_TERMINAL,      ///< There is no controlling terminal.
    CT_DUMB_TERMINAL,    ///< TERM is unset or dumb: no cursor can be moved.
    CT_UNKNOWN_TERMINAL, ///< TERM is unknown, and so is xterm-256color.
};

/// What a key is.
enum ct_key_kind {
    CT_KEY_NONE, CT_KEY_CHARACTER, CT_KEY_FUNCTION, CT_KEY_UP, CT_KEY_DOWN, CT_KEY_LEFT, CT_KEY_RIGHT, CT_KEY_HOME,
    CT_KEY_END, CT_KEY_PAGE_UP, CT_KEY_PAGE_DOWN, CT_KEY_INSERT, CT_KEY_DELETE, CT_KEY_BACKSPACE, CT_KEY_BACK_TAB,
    CT_KEY_ENTER, CT_KEY_IGNORED, CT_KEY_UNKNOWN,
};

/// Attributes of a cell, in bits.
enum ct_attribute { CT_BOLD = 1, CT_DIM = 2, CT_UNDERLINE = 4, CT_REVERSE = 8 };

/// Makes the pipe that reports signals and installs its handlers; to be called before ct_start, once.
/// Returns the descriptor to read signal numbers from, one byte each, or -1.
int ct_signal_pipe(void);

/// Takes the terminal over. color 0 asks for no colours.
enum ct_start_result ct_start(int color);

/// Gives the terminal back as it was. Does nothing without a session.
void ct_end(void);

/// The descriptor of the terminal, for poll.
int ct_descriptor(void);

/// How many colours there are; 0 for none.
int ct_colors(void);

/// The size that the kernel has for the terminal.
void ct_size(int *columns, int *rows);

/// Takes a new size over.
void ct_resize(int columns, int rows);

/// A colour pair for two colours, each -1 for the terminal's own; 0 when there are no colours.
int ct_pair(int foreground, int background);

/// Draws one character, UTF-8 with up to four combining marks, at a place.
void ct_put(int column, int row, const char *text, int pair, unsigned attributes);

/// Sends what has changed to the terminal; a negative column hides the cursor.
void ct_present(int cursor_column, int cursor_row);

/// Forgets what is on the screen, so that all of it is drawn again.
void ct_redraw(void);

/// Gives the terminal back, stops the process until it is continued, takes the terminal over again.
void ct_suspend(void);

/// Takes the next key without waiting. value is the character or the number of the function key.
enum ct_key_kind ct_read_key(uint32_t *value);

#endif
