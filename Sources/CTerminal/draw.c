#include "CTerminal.h"
#include "internal.h"

#include <curses.h>
#include <string.h>
#include <wchar.h>

enum { GLYPH = 5, REPLACEMENT = 0xFFFD };

void ct_colors_start(void) {
    ct_session.own_colors = false;
    /* start_color succeeds without colours, and later calls would crash. */
    if (has_colors() && start_color() == OK) ct_session.own_colors = use_default_colors() == OK;
    /* Terminals of 256 colours are young enough to ignore private modes that they do not know. */
    ct_session.synchronised = ct_colors() >= 256;
}

int ct_colors(void) {
    return ct_session.started && has_colors() && COLORS > 0 ? COLORS : 0;
}

int ct_pairs(void) {
    return ct_colors() > 0 ? COLOR_PAIRS : 0;
}

bool ct_set_pair(int pair, int foreground, int background) {
    if (pair < 1 || pair >= ct_pairs()) return false;
    if (foreground < 0 && !ct_session.own_colors) foreground = COLOR_WHITE;
    if (background < 0 && !ct_session.own_colors) background = COLOR_BLACK;
    return init_extended_pair(pair, foreground, background) == OK;
}

static attr_t attributes_of(int bits) {
    attr_t result = A_NORMAL;
    if (bits & CT_BOLD) result |= A_BOLD;
    if (bits & CT_DIM) result |= A_DIM;
    if (bits & CT_ITALIC) result |= A_ITALIC;
    if (bits & CT_UNDERLINE) result |= A_UNDERLINE;
    if (bits & CT_REVERSE) result |= A_REVERSE;
    return result;
}

static void draw_cell(int column, int row, const wchar_t *text, attr_t attributes, int pair) {
    cchar_t cell;
    /* The last parameter is how a pair beyond 255 gets in (curs_getcchar(3X), extensions). */
    if (setcchar(&cell, text, attributes, 0, &pair) != OK) return;
    /* The string functions neither move the cursor nor fail in the last cell, as those for characters do. */
    mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

void ct_draw(int column, int row, const uint32_t *scalars, int count, int width, int attributes, int pair) {
    if (!ct_session.active || column < 0 || row < 0 || row >= LINES || column >= COLS) return;
    if (column + width > COLS) {
        scalars = (const uint32_t[]){' '};
        count = width = 1;
    }
    wchar_t text[GLYPH + 1] = {0};
    for (int index = 0; index < count && index < GLYPH; index++) text[index] = (wchar_t)scalars[index];
    attr_t look = attributes_of(attributes);
    if (count > 0 && wcwidth(text[0]) == width) {
        draw_cell(column, row, text, look, pair);
        return;
    }
    for (int offset = 0; offset < width; offset++) {
        draw_cell(column + offset, row, offset == 0 ? (wchar_t[]){REPLACEMENT, 0} : L" ", look, pair);
    }
}

static void synchronise(bool begin) {
    if (!ct_session.synchronised) return;
    ct_write(ct_session.descriptor, begin ? "\x1b[?2026h" : "\x1b[?2026l", 8);
}

void ct_present(int cursor_column, int cursor_row) {
    if (!ct_session.active) return;
    bool visible = cursor_column >= 0 && cursor_column < COLS && cursor_row >= 0 && cursor_row < LINES;
    leaveok(stdscr, !visible);
    if (visible) wmove(stdscr, cursor_row, cursor_column); else curs_set(0);
    synchronise(true);
    wnoutrefresh(stdscr);
    doupdate();
    if (visible) curs_set(1);
    synchronise(false);
}

void ct_copy(const char *base64) {
    if (!ct_session.active) return;
    ct_write(ct_session.descriptor, "\x1b]52;c;", 7);
    ct_write(ct_session.descriptor, base64, strlen(base64));
    ct_write(ct_session.descriptor, "\x1b\\", 2);
}

void ct_invalidate(void) {
    if (ct_session.started) clearok(curscr, TRUE);
}
