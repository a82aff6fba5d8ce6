#include "CTerminal.h"
#include "internal.h"

#include <curses.h>

/* Keys are read through a pad: reading through stdscr would refresh it. */
static WINDOW *pad;

/* Sequences that terminals send in modes, or by descriptions, other than the ones that terminfo expects. */
static const struct {
    const char *sequence;
    int code;
} further_keys[] = {
    {"\033[A", KEY_UP},     {"\033[B", KEY_DOWN},   {"\033[C", KEY_RIGHT},  {"\033[D", KEY_LEFT},
    {"\033OA", KEY_UP},     {"\033OB", KEY_DOWN},   {"\033OC", KEY_RIGHT},  {"\033OD", KEY_LEFT},
    {"\033[H", KEY_HOME},   {"\033[F", KEY_END},    {"\033OH", KEY_HOME},   {"\033OF", KEY_END},
    {"\033[1~", KEY_HOME},  {"\033[4~", KEY_END},   {"\033[7~", KEY_HOME},  {"\033[8~", KEY_END},
    {"\033[2~", KEY_IC},    {"\033[3~", KEY_DC},    {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE},
    {"\033[Z", KEY_BTAB},   {"\033OM", KEY_ENTER},
};

bool ct_input_start(void) {
    pad = newpad(1, 1);
    if (pad == NULL) return false;
    nodelay(pad, TRUE);
    keypad(pad, TRUE);
    for (unsigned index = 0; index < sizeof further_keys / sizeof further_keys[0]; index++) {
        define_key(further_keys[index].sequence, further_keys[index].code);
    }
    /* Reports of the mouse are decoded by the caller: ncurses loses some of a burst. */
    keyok(KEY_MOUSE, FALSE);
    return true;
}

/* ncurses switches the keypad on before it enters the alternate screen, which may have modes of its own. */
void ct_input_resume(void) {
    keypad(pad, TRUE);
}

/* Button presses and the wheel (1000), in numbers of any size (1006); pasted text between marks (2004). xterm's
 * ctlseqs; what a terminal does not know of these, it ignores. */
static void report_mouse(bool on) {
    ct_write(ct_session.descriptor, on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l", 16);
}

void ct_reports(bool on) {
    ct_write(ct_session.descriptor, on ? "\033[?2004h" : "\033[?2004l", 8);
    if (ct_session.mouse) report_mouse(on);
}

void ct_mouse(bool on) {
    if (!ct_session.active || on == ct_session.mouse) return;
    ct_session.mouse = on;
    report_mouse(on);
}

void ct_input_end(void) {
    delwin(pad);
    pad = NULL;
}

static int key_of_code(int code, uint32_t *value) {
    if (code >= KEY_F(1) && code <= KEY_F(63)) {
        *value = (uint32_t)(code - KEY_F0);
        return CT_FUNCTION;
    }
    switch (code) {
    case KEY_UP: return CT_UP;
    case KEY_DOWN: return CT_DOWN;
    case KEY_LEFT: return CT_LEFT;
    case KEY_RIGHT: return CT_RIGHT;
    case KEY_HOME: case KEY_FIND: return CT_HOME;
    case KEY_END: case KEY_SELECT: return CT_END_KEY;
    case KEY_PPAGE: return CT_PAGE_UP;
    case KEY_NPAGE: return CT_PAGE_DOWN;
    case KEY_IC: return CT_INSERT;
    case KEY_DC: return CT_DELETE;
    case KEY_BACKSPACE: return CT_BACKSPACE;
    case KEY_BTAB: return CT_BACK_TAB;
    case KEY_ENTER: return CT_ENTER_KEY;
    default: return CT_UNKNOWN_KEY;
    }
}

int ct_read_key(uint32_t *value) {
    if (!ct_session.active) return CT_NO_KEY;
    int code;
    /* resizeterm announces what the signal has said already. */
    do code = wgetch(pad); while (code == KEY_RESIZE);
    if (code == ERR) return CT_NO_KEY;
    /* Not wget_wch: after a byte that is not UTF-8 it gives no more keys. */
    if (code >= KEY_MIN) return key_of_code(code, value);
    *value = (uint32_t)code;
    return CT_BYTE;
}
