#!/bin/bash
# The private PostgreSQL of this checkout: a server of its own on a Unix socket, no TCP port.
#
#   deploy/private-db.sh start [DIR]    start it if it isn't running; print one line for eval:
#                                       export PGHOST=... PGPORT=... PGUSER=... PGDATABASE=...
#   deploy/private-db.sh stop [DIR]     stop it; the data stay
#   deploy/private-db.sh remove [DIR]   stop it and delete its data
#
# DIR is build/pg unless given; data lie in DIR/data, the socket in DIR/socket, both open to the
# server's user only, which is why connections need no password. When that user can't reach DIR
# (a checkout under /root), or the socket's path is too long, both lie in a folder of their own
# under /var/tmp, whose name is kept in DIR/location.
#
# VOLATILE=1 starts a server that does not survive a crash of the machine: for tests.
set -eu

# The line for eval goes to the caller's stdout; whatever else is printed on the way, to stderr.
exec 3>&1 1>&2

PORT=5432
ROLE=tracker
SOCKET_PATH_MAX=100
# The caller's settings are about other servers.
unset "${!PG@}" 2>/dev/null || true
umask 022

say() { printf 'private-db: %s\n' "$*"; }
fail() { say "$@"; exit 1; }

cd "$(dirname "$0")/.."
verb=${1-}
dir=${2-build/pg}
case $verb in
start | stop | remove) ;;
*) fail "usage: deploy/private-db.sh start|stop|remove [DIR]" ;;
esac
if [ ! -d "$dir" ]; then
    [ "$verb" = start ] || exit 0
    mkdir -p "$dir"
fi
dir=$(cd "$dir" && pwd -P)

# One call at a time: two that both find no server must not both make one.
exec 4>>"$dir/lock"
flock 4

find_programs() {
    local initdb newest='' version=''
    # Data of one major version are read by that version only.
    [ -z "$home" ] || version=$(cat "$home/data/PG_VERSION" 2>/dev/null) || true
    if [ -n "$version" ] && [ -x "/usr/lib/postgresql/$version/bin/initdb" ]; then
        BIN=/usr/lib/postgresql/$version/bin
        return 0
    fi
    for initdb in "$(pg_config --bindir 2>/dev/null)/initdb" \
        $(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -rV) "$(command -v initdb)"; do
        if [ -z "$newest" ] && [ -x "$initdb" ]; then newest=$initdb; fi
    done
    BIN=${newest%/initdb}
    [ -n "$BIN" ]
}

# The place of data and socket, if there is one already. A location copied along with the
# checkout belongs to the other one.
find_home() {
    home=''
    if [ -d "$dir/data" ]; then
        home=$dir
    elif [ -f "$dir/location" ]; then
        home=$(cat "$dir/location")
        case $home in
        */../*) home='' ;;
        /var/tmp/tracker-pg.* | /tmp/tracker-pg.*)
            [ "$(cat "$home/checkout" 2>/dev/null)" = "$dir" ] && [ -d "$home/data" ] || home='' ;;
        *) home='' ;;
        esac
    fi
}

# Who runs the server: the owner of the data, else the caller; initdb refuses root.
find_owner() {
    if [ -n "$home" ]; then
        owner=$(stat -c %u "$home/data")
    elif [ "$(id -u)" != 0 ]; then
        owner=$(id -u)
    else
        owner=$(id -u postgres 2>/dev/null) ||
            fail "PostgreSQL does not run as root, and there is no user 'postgres' to run it as"
    fi
    group=$(id -g "$owner" 2>/dev/null) || group=$owner
    if [ "$(id -u)" != 0 ] && [ "$owner" != "$(id -u)" ]; then
        fail "the data in $home belong to user $owner: run this as root or that user," \
            "or 'make clean' as root"
    fi
}

# as_owner COMMAND...: as the server's user, in a folder that user can enter, with none of the
# caller's descriptors (a server that kept one would keep the caller's pipe open) and settings.
as_owner() { as_owner_in / "$@"; }

as_owner_in() {
    (
        cd "$1"
        shift
        for fd in /proc/"$BASHPID"/fd/*; do
            fd=${fd##*/}
            [ "$fd" -le 2 ] || eval "exec $fd>&-" 2>/dev/null || true
        done
        clean=(env -i PATH="$PATH" LC_ALL=C.UTF-8 HOME=/ ${TZ+TZ="$TZ"})
        if [ "$(id -u)" = 0 ]; then
            exec setpriv --reuid="$owner" --regid="$group" --clear-groups "${clean[@]}" "$@"
        fi
        exec "${clean[@]}" "$@"
    ) </dev/null
}

# The folder that the process of the pid file works in: for a server, its data. Asked as the
# server's user, because in a container root may not see it.
pid_folder() {
    local pid
    pid=$(head -n 1 "$home/data/postmaster.pid" 2>/dev/null) || return 0
    as_owner readlink "/proc/$pid/cwd" 2>/dev/null || true
}

is_alive() { [ "$(pid_folder)" = "$home/data" ]; }

# The server itself notices a pid file whose process is gone. It gives up on one whose number went
# to another process of the same user, or that was copied along with the folder.
remove_stale_pid() {
    local folder
    folder=$(pid_folder)
    if [ -n "$folder" ] && [ "$folder" != "$home/data" ]; then
        say "the server of this folder ended without notice; starting it again"
        rm -f "$home/data/postmaster.pid"
    fi
}

# Bytes, not characters; libpq takes a comma in PGHOST for the end of a host name.
path_fits() {
    local LC_ALL=C socket="$1/socket/.s.PGSQL.$PORT"
    [ ${#socket} -le $SOCKET_PATH_MAX ] || return 1
    case $socket in *,* | *$'\n'*) return 1 ;; esac
}

make_home() {
    home=$dir
    if ! path_fits "$dir" || ! as_owner test -x "$dir"; then
        home=$(mktemp -d /var/tmp/tracker-pg.XXXXXX)
        chmod 755 "$home"
        printf '%s\n' "$dir" >"$home/checkout"
        printf '%s\n' "$home" >"$dir/location"
        say "data and socket lie in $home"
    fi
    rm -rf "$home/data.new" "$home/socket"
    mkdir -m 700 "$home/data.new" "$home/socket"
    [ "$(id -u)" != 0 ] || chown "$owner:$group" "$home/data.new" "$home/socket"
    as_owner "$BIN/initdb" -D "$home/data.new" -U "$ROLE" --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 || {
        cat "$dir/initdb.log"
        fail "initdb failed"
    }
    {
        echo "# The tracker's private server"
        echo "listen_addresses = ''"
        # Relative to the data: no path to quote, and the checkout may move.
        echo "unix_socket_directories = '../socket'"
        echo "port = $PORT"
        if [ -n "${VOLATILE-}" ]; then
            printf '%s\n' 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off'
        fi
    } >>"$home/data.new/postgresql.conf"
    # Only a complete one gets the name that counts.
    mv "$home/data.new" "$home/data"
}

start_server() {
    local try
    for try in 1 2 3 4 5; do
        if is_alive; then
            # Started, but still recovering from a crash.
            ! as_owner "$BIN/pg_isready" -q -h "$home/socket" -p "$PORT" -t 3 || return 0
        else
            remove_stale_pid
            rm -f "$home/socket/.s.PGSQL.$PORT" "$home/socket/.s.PGSQL.$PORT.lock"
            # Names relative to the data: pg_ctl hands them to a shell, badly quoted.
            ! as_owner_in "$home/data" "$BIN/pg_ctl" start -s -w -t 300 -D . -l server.log \
                >"$dir/start.log" 2>&1 || return 0
        fi
        # Children of a killed server hold its memory for a moment.
        sleep "$try"
    done
    cat "$dir/start.log" || true
    tail -n 20 "$home/data/server.log" || true
    fail "the server did not start; its log is $home/data/server.log"
}

make_database() {
    local psql=("$BIN/psql" -X -q -A -t -h "$home/socket" -p "$PORT" -U "$ROLE" -d postgres)
    if [ -z "$(as_owner "${psql[@]}" -c "SELECT 1 FROM pg_database WHERE datname = '$ROLE'")" ]; then
        as_owner "${psql[@]}" -c "CREATE DATABASE $ROLE" >/dev/null
    fi
}

quote() { printf "'%s'" "${1//\'/\'\\\'\'}"; }

find_home
case $verb in
start)
    find_programs || {
        deploy/deps.sh run
        find_programs || fail "no PostgreSQL server is installed"
    }
    find_owner
    [ -n "$home" ] || make_home
    start_server
    make_database
    printf 'export PGHOST=%s PGPORT=%s PGUSER=%s PGDATABASE=%s\n' \
        "$(quote "$home/socket")" "$(quote "$PORT")" "$(quote "$ROLE")" "$(quote "$ROLE")" >&3
    ;;
stop | remove)
    if [ -n "$home" ]; then
        find_owner
        if is_alive; then
            find_programs || fail "a server runs in $home, but pg_ctl is gone"
            as_owner "$BIN/pg_ctl" stop -s -w -t 120 -m fast -D "$home/data"
        fi
    fi
    if [ "$verb" = remove ]; then
        [ -z "$home" ] || [ "$home" = "$dir" ] || rm -rf "$home"
        rm -rf "$dir"
    fi
    ;;
esac
