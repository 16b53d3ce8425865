#!/bin/bash
# Runs every shell test of a folder, in order, and prints "ok NAME" or "not ok NAME".
#
#   tests/scripts.sh cli|sql|build|slow
#
# A test is a script DIR/NAME.sh that exits 0 when it passes. It starts in the project's folder with
# TRACKER, the program's path, and TMPDIR, an empty folder of its own. Tests of sql/ and slow/ also get PG*,
# a database of their own on the test server; the others can't reach any server.
set -eu
cd "$(dirname "$0")/.."
suite=$1
export TRACKER=${TRACKER-$PWD/build/tracker}
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES VARIANT CC WERROR

if [ "$suite" = sql ] || [ "$suite" = slow ]; then
    line=$(VOLATILE=1 deploy/private-db.sh start build/test-pg)
    eval "$line"
else
    unset "${!PG@}"
    [ "$suite" != cli ] || export PGHOST=/nonexistent PGCONNECT_TIMEOUT=5
fi

top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
failed=0
for test in tests/"$suite"/*.sh; do
    [ -f "$test" ] || continue
    name=$(basename "$test" .sh)
    mkdir "$top/$name"
    if [ "$suite" = sql ] || [ "$suite" = slow ]; then
        PGDATABASE=postgres psql -Xqc "DROP DATABASE IF EXISTS \"$name\"" \
            -c "CREATE DATABASE \"$name\"" 2>/dev/null
        export PGDATABASE=$name
    fi
    if TMPDIR=$top/$name timeout -k 10 400 "$test" </dev/null >"$top/log" 2>&1; then
        echo "ok $suite/$name"
    else
        echo "not ok $suite/$name (exit $?)"
        tail -n 30 "$top/log" | sed 's/^/    /'
        failed=1
    fi
    rm -rf "${top:?}/$name"
done
exit $failed
