#!/bin/bash
# ingest of an address: what a page says now counts, also what it said before; the same words again
# change nothing; a dead address costs itself. The same words out of a file do not come back.
set -eu
fail() { echo "$@" >&2; exit 1; }
"$TRACKER" init >/dev/null
export TRACKER_ALLOW_HOST=127.0.0.1

mkdir "$TMPDIR/servers"
coproc servers { exec python3 tests/web/serve.py "$TMPDIR/servers"; }
read -r open _ <&"${servers[0]}"
page=$TMPDIR/servers/www/page.html
cp "$page" "$TMPDIR/three.html"
sed 's/Three/Seven/g' "$page" >"$TMPDIR/seven.html"

# ingest CODE OPERANDS...
ingest() {
    local rc=0
    "$TRACKER" ingest "${@:2}" >"$TMPDIR/out" 2>&1 || rc=$?
    [ "$rc" = "$1" ] || fail "ingest ${*:2}: exit $rc: $(cat "$TMPDIR/out")"
}
killed() {
    local now
    now=$(psql -XAtqc "SELECT string_agg(killed_best::text, ' ') FROM strikes.incidents")
    [ "$now" = "$1" ] || fail "killed: '$now' instead of '$1' ($2)"
}

ingest 0 "http://127.0.0.1:$open/page.html"
killed 3 "first"
ingest 0 "http://127.0.0.1:$open/page.html"
grep -q '^1 reports, 1 incidents, 0 rows changed$' "$TMPDIR/out" || fail "$(cat "$TMPDIR/out")"
sleep 1
cp "$TMPDIR/seven.html" "$page"
ingest 0 "http://127.0.0.1:$open/page.html"
killed 7 "after a correction"
sleep 1
cp "$TMPDIR/three.html" "$page"
ingest 3 "http://127.0.0.1:$open/gone.html" "http://127.0.0.1:$open/page.html"
killed 3 "what was taken back and stands again"

# From a file, which says nothing of now: the address of the page keeps its newest words.
sed "s#<title>#<link rel=canonical href=http://127.0.0.1:$open/page.html>&#" "$TMPDIR/seven.html" \
    >"$TMPDIR/saved.html"
ingest 0 "$TMPDIR/saved.html"
killed 3 "an older page that someone saved"

# A file and an address in one run.
ingest 0 fixtures/feeds/feed.json "http://127.0.0.1:$open/note.txt"
[ "$(psql -XAtqc "SELECT count(*) FROM tracker.report")" = 4 ] ||
    fail "$(psql -XAtqc "SELECT ref FROM tracker.report")"
