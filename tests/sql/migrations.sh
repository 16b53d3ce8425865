#!/bin/bash
# init twice changes nothing; an edited migration, a schema newer than the program and a missing
# schema are refused with exit 1 and words that help; two inits at once do no harm.
set -eu
fail() { echo "$@" >&2; exit 1; }
refused() {
    local words=$1 rc=0
    shift
    "$@" >"$TMPDIR/out" 2>&1 || rc=$?
    [ $rc = 1 ] || fail "exit $rc, not 1: $*: $(cat "$TMPDIR/out")"
    grep -q "$words" "$TMPDIR/out" || fail "no '$words': $(cat "$TMPDIR/out")"
}
report='{"id": "a", "text": "Nothing."}'

refused "tracker init" "$TRACKER" ingest - <<<"$report"
"$TRACKER" init >"$TMPDIR/one" 2>&1 &
first=$!
"$TRACKER" init >"$TMPDIR/two" 2>&1 || fail "$(cat "$TMPDIR/two")"
wait $first || fail "$(cat "$TMPDIR/one")"
before=$(psql -XAtqc 'SELECT md5(string_agg(m::text, $$,$$)) FROM tracker.migration m')
"$TRACKER" init >/dev/null
[ "$before" = "$(psql -XAtqc 'SELECT md5(string_agg(m::text, $$,$$)) FROM tracker.migration m')" ] ||
    fail "a second init wrote again"

psql -Xqc "INSERT INTO tracker.migration (version, name, checksum)
    SELECT max(version) + 1, '9999_later.sql', '' FROM tracker.migration"
refused "use a newer program" "$TRACKER" init
refused "use a newer program" "$TRACKER" ingest - <<<"$report"
refused "use a newer program" "$TRACKER" incidents
psql -Xqc "DELETE FROM tracker.migration WHERE name = '9999_later.sql'"

psql -Xqc "UPDATE tracker.migration SET checksum = 'x' WHERE version = 2"
refused "was edited" "$TRACKER" init
refused "was edited" "$TRACKER" ingest - <<<"$report"
