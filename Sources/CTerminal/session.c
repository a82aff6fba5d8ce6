#include "CTerminal.h"
#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct ct_session ct_session = {.descriptor = -1};

static FILE *stream;
static SCREEN *screen;

int ct_open_terminal(void) {
    int opened = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (opened < 0 || opened > STDERR_FILENO) return opened;
    /* A standard descriptor was closed: whoever writes to it later must not write to the terminal. */
    int moved = fcntl(opened, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(opened);
    return moved;
}

void ct_write(int descriptor, const char *bytes, unsigned long count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (unsigned long)written;
    }
}

/* ncurses asks the locale how wide characters are and how they are encoded. */
static void use_utf8(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) setlocale(LC_CTYPE, "en_US.UTF-8");
}

static bool open_stream(void) {
    int descriptor = ct_open_terminal();
    if (descriptor < 0) return false;
    stream = fdopen(descriptor, "r+");
    if (stream == NULL || tcgetattr(descriptor, &ct_session.before) != 0) {
        if (stream != NULL) fclose(stream); else close(descriptor);
        return false;
    }
    ct_session.descriptor = descriptor;
    return true;
}

static void close_stream(void) {
    fclose(stream);
    ct_session.descriptor = -1;
}

static void set_modes(void) {
    raw();
    noecho();
    nonl();
    set_escdelay(25);
    scrollok(stdscr, FALSE);
    curs_set(0);
    leaveok(stdscr, TRUE);
}

static void end_at_exit(void) {
    ct_end();
}

int ct_start(const char *type) {
    static bool registered = false;
    if (ct_session.started) return errno = EBUSY, CT_SYSTEM_FAILURE;
    if (!open_stream()) return CT_NO_TERMINAL;
    /* Before newterm: ncurses leaves alone the signals that somebody handles already. */
    if (!ct_signals_install()) {
        int failure = errno;
        close_stream();
        return errno = failure, CT_SYSTEM_FAILURE;
    }
    if (!registered) registered = atexit(end_at_exit) == 0;
    use_utf8();
    use_env(FALSE);
    use_tioctl(TRUE);
    screen = newterm(type, stream, stream);
    if (screen == NULL || !ct_input_start()) {
        if (screen != NULL) endwin();
        ct_signals_remove();
        close_stream();
        return CT_UNKNOWN_TERMINAL;
    }
    ct_session.started = true;
    ct_guard_install();
    ct_errors_hold();
    ct_session.active = true;
    set_modes();
    ct_colors_start();
    ct_resize();
    ct_reports(true);
    return CT_STARTED;
}

void ct_end(void) {
    if (!ct_session.started) return;
    ct_leave();
    ct_session.started = ct_session.mouse = false;
    ct_guard_remove();
    ct_input_end();
    delscreen(screen);
    screen = NULL;
    ct_signals_remove();
    close_stream();
}

void ct_leave(void) {
    if (!ct_session.active) return;
    ct_reports(false);
    endwin();
    tcsetattr(ct_session.descriptor, TCSADRAIN, &ct_session.before);
    ct_session.active = false;
    ct_errors_replay();
}

void ct_enter(void) {
    if (!ct_session.started || ct_session.active) return;
    ct_errors_hold();
    ct_session.active = true;
    ct_invalidate();
    /* After endwin, this is what goes back into the alternate screen and into raw mode. */
    doupdate();
    ct_input_resume();
    ct_reports(true);
    ct_resize();
}

int ct_input_descriptor(void) {
    return ct_session.descriptor;
}

void ct_size(int *columns, int *rows) {
    *columns = ct_session.started ? COLS : 0;
    *rows = ct_session.started ? LINES : 0;
}

void ct_resize(void) {
    struct winsize size;
    if (!ct_session.active || ioctl(ct_session.descriptor, TIOCGWINSZ, &size) != 0) return;
    if (size.ws_row == 0 || size.ws_col == 0) return;
    if (size.ws_row == LINES && size.ws_col == COLS) return;
    resizeterm(size.ws_row, size.ws_col);
    /* Many terminals move their lines themselves when they are resized. */
    ct_invalidate();
}
