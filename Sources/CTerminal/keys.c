#include <ncurses.h>

#include "CTerminal.h"

static enum ct_key_kind kind(int code, uint32_t *value) {
    switch (code) {
    case KEY_UP: return CT_KEY_UP;
    case KEY_DOWN: return CT_KEY_DOWN;
    case KEY_LEFT: return CT_KEY_LEFT;
    case KEY_RIGHT: return CT_KEY_RIGHT;
    case KEY_HOME: return CT_KEY_HOME;
    case KEY_END: return CT_KEY_END;
    case KEY_PPAGE: return CT_KEY_PAGE_UP;
    case KEY_NPAGE: return CT_KEY_PAGE_DOWN;
    case KEY_IC: return CT_KEY_INSERT;
    case KEY_DC: return CT_KEY_DELETE;
    case KEY_BACKSPACE: return CT_KEY_BACKSPACE;
    case KEY_BTAB: return CT_KEY_BACK_TAB;
    case KEY_ENTER: return CT_KEY_ENTER;
    // The size is taken from the signal; the key that follows it says nothing new.
    case KEY_RESIZE: return CT_KEY_IGNORED;
    }
    if (code >= KEY_F(1) && code <= KEY_F(24)) {
        *value = (uint32_t)(code - KEY_F(0));
        return CT_KEY_FUNCTION;
    }
    return CT_KEY_UNKNOWN;
}

enum ct_key_kind ct_read_key(uint32_t *value) {
    wint_t character;
    switch (get_wch(&character)) {
    case OK:
        *value = character;
        return CT_KEY_CHARACTER;
    case KEY_CODE_YES: return kind((int)character, value);
    default: return CT_KEY_NONE;
    }
}
