#!/bin/bash
# `make run` in a clone with a space in its path: the last line of the second run changes nothing.
set -eu
copy="$TMPDIR/a copy"
mkdir -p "$copy"
tar -c --exclude=build/pg --exclude=build/test-pg --exclude=build/test-logs --exclude=build/san \
    --exclude=build/fuzz --exclude=.git . | tar -x -C "$copy"
cd "$copy"
trap 'deploy/private-db.sh remove >/dev/null 2>&1' EXIT

make run >"$TMPDIR/first"
make run >"$TMPDIR/second"
tail -n 1 "$TMPDIR/first" | grep -qE '^[0-9]+ reports?, [0-9]+ incidents?, [1-9][0-9]* rows? changed$' || {
    cat "$TMPDIR/first"
    exit 1
}
tail -n 1 "$TMPDIR/second" | grep -qE '^[0-9]+ reports?, [0-9]+ incidents?, 0 rows changed$' || {
    cat "$TMPDIR/second"
    exit 1
}

# The page it names is there, and the index leads to the month.
page=$(sed -n 's/^    \(.*index.html\)$/\1/p' "$TMPDIR/second")
grep -q '<h1>Situation reports</h1>' "$page"
[ -s "${page%index.html}$(sed -n 's/.*href="\([0-9.-]*html\)".*/\1/p' "$page" | head -n 1)" ]

# The queries it recommends work as printed.
sed -n 's/^    \(export PGHOST.*\|psql .*\)$/\1/p' "$TMPDIR/second" >"$TMPDIR/queries"
[ "$(grep -c '^psql' "$TMPDIR/queries")" -ge 2 ]
sh -e "$TMPDIR/queries" </dev/null
