#include <fcntl.h>
#include <ncurses.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

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

static volatile sig_atomic_t is_interrupted;

static void interrupt(int number) { is_interrupted = number; }

long ct_read_password(const char *prompt, char *buffer, long capacity) {
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) return -1;
    struct termios before, silent;
    if (tcgetattr(terminal, &before) != 0) {
        close(terminal);
        return -1;
    }
    // Without SA_RESTART the read ends when a signal comes, and the echo is restored before the signal takes effect.
    struct sigaction stop = {.sa_handler = interrupt}, previous[3];
    const int signals[3] = {SIGINT, SIGTERM, SIGHUP};
    is_interrupted = 0;
    for (int i = 0; i < 3; i++) sigaction(signals[i], &stop, &previous[i]);
    silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(terminal, TCSAFLUSH, &silent);
    ssize_t written = write(terminal, prompt, strlen(prompt));
    long length = read(terminal, buffer, (size_t)capacity);
    written = write(terminal, "\n", 1);
    (void)written;
    tcsetattr(terminal, TCSAFLUSH, &before);
    for (int i = 0; i < 3; i++) sigaction(signals[i], &previous[i], NULL);
    close(terminal);
    if (is_interrupted) raise(is_interrupted);
    if (length > 0 && buffer[length - 1] == '\n') length--;
    return is_interrupted ? -1 : length;
}
