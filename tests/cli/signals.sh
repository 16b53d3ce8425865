#!/bin/bash
# SIGINT ends a run that waits for input with 130, SIGTERM with 0; what was read is printed.
set -eu
. tests/cli/expect.bash

# interrupted SIGNAL CODE
interrupted() {
    local pid got=0
    rm -f "$TMPDIR/pipe"
    mkfifo "$TMPDIR/pipe"
    "$TRACKER" extract - <"$TMPDIR/pipe" >"$TMPDIR/out" 2>"$TMPDIR/err" &
    pid=$!
    exec 8>"$TMPDIR/pipe"
    printf 'Three people were killed in Kherson.\n\f\n' >&8
    # Until it has read that and waits again.
    for _ in $(seq 100); do
        sleep 0.1
        ! grep -q pipe_read "/proc/$pid/wchan" 2>/dev/null || break
        ! grep -q '^State:.*S' "/proc/$pid/status" 2>/dev/null || [ "$_" -lt 30 ] || break
    done
    kill -"$1" "$pid"
    wait "$pid" || got=$?
    exec 8>&-
    [ "$got" = "$2" ] || fail "SIG$1: exit $got instead of $2"
    reports 1
    holds 'r[0]["events"][0]["killed"]["best"] == 3'
}
interrupted INT 130
interrupted TERM 0
