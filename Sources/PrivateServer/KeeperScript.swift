/// The shell scripts that look after a server, so that nothing is left of it however this program ends.
///
/// They are shell because a Swift program can neither fork nor, between fork and exec, become another user, and
/// because what cleans up has to outlive this process: a thread or an exit handler does not survive `SIGKILL`.
enum KeeperScript {
    /// Runs its arguments in a session of their own, and as an ordinary user when called by root.
    ///
    /// PostgreSQL refuses to run as root. The own session keeps the terminal's Ctrl-C and hang-up away.
    static let launch = #"""
        if [ "$(id -u)" = 0 ]; then
            user=postgres
            id -u "$user" >/dev/null 2>&1 || user=nobody
            if command -v setpriv >/dev/null; then
                set -- setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
            else
                set -- runuser -u "$user" -- "$@"
            fi
        fi
        exec setsid "$@"
        """#

    /// Makes the folder and the server, waits until either its caller or the server ends, and removes both.
    ///
    /// `$1` is the folder to make the folder in, the rest are arguments for `postgres`. Standard input and output are
    /// one end of a socket pair whose other end only the caller holds: the kernel closes that end whatever happens to
    /// the caller, which is what `read` waits for. Through it the keeper says `server PID FOLDER` once the server
    /// runs, or `programs missing`; anything else it says is the end of the log of a server that gave up.
    ///
    /// - Immediate shutdown (`SIGQUIT`): nobody needs the checkpoint of a fast one, and the server itself bounds the
    ///   time, killing its children after 5 s (manual, "Shutting Down the Server"). It is sent until it works: what a
    ///   shell starts in the background ignores it until it has set up its own signals.
    /// - The process id cannot have gone to another process: the server is the keeper's own child, and the one that
    ///   signals it is killed as soon as the server has been waited for.
    /// - A server that was killed leaves its `postmaster.pid` and, named on the seventh line of that, a System V shared
    ///   memory segment, which would stay until the machine restarts.
    /// - A socket's path has at most 107 bytes, hence the check of the folder's length.
    static let keep = #"""
        trap '' INT HUP TERM PIPE
        exec 3<&0 </dev/null >/dev/null 2>&1
        cd / || exit 1
        umask 077
        ulimit -c 0
        parent=$1
        shift
        [ "${#parent}" -le 70 ] || parent=/tmp
        folder=$(mktemp -d "$parent/audit-tui-XXXXXX" || mktemp -d /tmp/audit-tui-XXXXXX) || exit 1
        log=$folder/log

        finish() {
            tail -n 5 "$log" >&3
            segment=$(sed -n '7s/.* //p' "$folder/data/postmaster.pid")
            [ -z "$segment" ] || ipcrm -m "$segment"
            for _ in 1 2 3 4 5; do
                rm -rf "$folder" && exit
                sleep 1
            done
            exit 1
        }

        programs() {
            pg_config --bindir
            printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV
            dirname "$(command -v postgres)"
        }

        bin=$(programs | while read -r bin; do
            if [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ]; then
                printf '%s\n' "$bin"
                break
            fi
        done)
        if [ -z "$bin" ]; then
            printf 'programs missing\n' >"$log"
            finish
        fi

        "$bin/initdb" --no-sync --no-instructions --auth=trust --username=postgres --encoding=UTF8 \
            --locale=C.UTF-8 --wal-segsize=1 --pgdata="$folder/data" >"$log" 2>&1 3<&- || finish
        : >"$log"
        "$bin/postgres" -D "$folder/data" -k "$folder" "$@" >"$log" 2>&1 3<&- &
        server=$!
        {
            while read -r _; do :; done <&3
            while kill -QUIT "$server"; do sleep 0.1 3<&-; done
        } &
        reader=$!
        printf 'server %s %s\n' "$server" "$folder" >&3
        wait "$server"
        kill -KILL "$reader"
        finish
        """#
}
