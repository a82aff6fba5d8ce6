#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "CTerminal.h"
#include "guard.h"

static SCREEN *screen;
static FILE *input, *output;
static int is_synchronized;
static int has_pairs;

// Wide cells need a locale that knows UTF-8, which a shell at three in the morning need not have set.
static void use_utf8(void) {
    setlocale(LC_ALL, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 && setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        setlocale(LC_CTYPE, "en_US.UTF-8");
}

// ncurses knows the arrows of application mode only; many terminals send these until told otherwise, and some always.
static void define_keys(void) {
    define_key("\033[A", KEY_UP);
    define_key("\033[B", KEY_DOWN);
    define_key("\033[C", KEY_RIGHT);
    define_key("\033[D", KEY_LEFT);
    define_key("\033[H", KEY_HOME);
    define_key("\033[F", KEY_END);
    define_key("\033[1~", KEY_HOME);
    define_key("\033[4~", KEY_END);
    define_key("\033[I", KEY_RESIZE);
    define_key("\033[O", KEY_RESIZE);
}

static void prepare(int color) {
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(25);
    leaveok(stdscr, FALSE);
    curs_set(0);
    define_keys();
    // alloc_pair without start_color crashes, and start_color is no good where there are no colours.
    has_pairs = color && has_colors() && start_color() == OK && COLORS >= 8 && use_default_colors() == OK;
}

enum ct_start_result ct_start(int color) {
    const char *term = getenv("TERM");
    if (term == NULL || *term == '\0' || strcmp(term, "dumb") == 0) return CT_DUMB_TERMINAL;
    int in = open("/dev/tty", O_RDONLY | O_CLOEXEC), out = open("/dev/tty", O_WRONLY | O_CLOEXEC);
    if (in < 0 || out < 0) {
        if (in >= 0) close(in);
        if (out >= 0) close(out);
        return CT_NO_TERMINAL;
    }
    input = fdopen(in, "r");
    output = fdopen(out, "w");
    use_utf8();
    use_env(FALSE);
    ct_guard_arm(in, out);
    enum ct_start_result result = CT_STARTED;
    screen = newterm(term, output, input);
    if (screen == NULL) {
        screen = newterm("xterm-256color", output, input);
        result = CT_STARTED_FALLBACK;
    }
    if (screen == NULL) {
        ct_guard_disarm();
        fclose(input);
        fclose(output);
        return CT_UNKNOWN_TERMINAL;
    }
    set_term(screen);
    prepare(color);
    // Consoles and old terminals print what they do not understand; the others ignore it.
    is_synchronized = strncmp(term, "linux", 5) != 0 && strncmp(term, "vt", 2) != 0;
    int columns, rows;
    ct_size(&columns, &rows);
    ct_resize(columns, rows);
    return result;
}

void ct_end(void) {
    if (screen == NULL) return;
    curs_set(1);
    endwin();
    delscreen(screen);
    screen = NULL;
    fclose(input);
    fclose(output);
    ct_guard_disarm();
}

int ct_descriptor(void) { return screen == NULL ? -1 : fileno(input); }

int ct_colors(void) { return has_pairs ? COLORS : 0; }

void ct_size(int *columns, int *rows) {
    struct winsize size;
    if (ioctl(fileno(output), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        *columns = size.ws_col;
        *rows = size.ws_row;
    } else {
        getmaxyx(stdscr, *rows, *columns);
    }
}

void ct_resize(int columns, int rows) { resizeterm(rows, columns); }

int ct_pair(int foreground, int background) {
    int pair = has_pairs ? alloc_pair(foreground, background) : 0;
    return pair < 0 ? 0 : pair;
}

void ct_put(int column, int row, const char *text, int pair, unsigned attributes) {
    wchar_t wide[CCHARW_MAX + 1] = {0};
    mbstate_t state = {0};
    if (mbsrtowcs(wide, &text, CCHARW_MAX, &state) == (size_t)-1) wcscpy(wide, L"?");
    attr_t attrs = (attributes & CT_BOLD ? A_BOLD : 0) | (attributes & CT_DIM ? A_DIM : 0) |
                   (attributes & CT_UNDERLINE ? A_UNDERLINE : 0) | (attributes & CT_REVERSE ? A_REVERSE : 0);
    cchar_t cell;
    setcchar(&cell, wide, attrs, 0, &pair);
    mvadd_wch(row, column, &cell);
}

static void synchronize(const char *sequence) {
    if (!is_synchronized) return;
    ssize_t written = write(fileno(output), sequence, strlen(sequence));
    (void)written;
}

void ct_present(int cursor_column, int cursor_row) {
    curs_set(cursor_column >= 0);
    if (cursor_column >= 0) move(cursor_row, cursor_column);
    wnoutrefresh(stdscr);
    synchronize("\033[?2026h");
    doupdate();
    synchronize("\033[?2026l");
}

void ct_redraw(void) { clearok(curscr, TRUE); }

void ct_suspend(void) {
    def_prog_mode();
    curs_set(1);
    endwin();
    struct sigaction stop = {.sa_handler = SIG_DFL}, previous;
    sigaction(SIGTSTP, &stop, &previous);
    kill(getpid(), SIGTSTP);
    sigaction(SIGTSTP, &previous, NULL);
    reset_prog_mode();
    curs_set(0);
    int columns, rows;
    ct_size(&columns, &rows);
    ct_resize(columns, rows);
    clearok(curscr, TRUE);
}
