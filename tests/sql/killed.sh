#!/bin/bash
# Killing the program with -9 anywhere in an ingest, and running it again, ends in the same rows as
# one run that was left alone.
set -eu
fail() { echo "$@" >&2; exit 1; }
"$TRACKER" init >/dev/null

# Some hundred reports, in small batches if the program has a say in it.
for i in $(seq 400); do
    printf '{"id": "r%d", "published": "2025-11-%02d", "outlet": "Post %d", "text": "Shelling killed %d people in Kherson on %s. Two were wounded."}\n' \
        "$i" $((i % 28 + 1)) $((i % 7)) $((i % 5 + 1)) "$([ $((i % 2)) = 0 ] && echo Monday || echo Tuesday)"
done >"$TMPDIR/reports.jsonl"

# Everything but the clock.
rows() {
    psql -XAtq <<'SQL'
SELECT 'report', report_id, reading_id, event_ids FROM tracker.report ORDER BY 2;
SELECT 'claim', report_id, claim_id, best, text FROM tracker.claim ORDER BY 2, 3;
SELECT 'event', region_id, event_id, local_date FROM tracker.event ORDER BY 2, 3;
SELECT 'ref', report_id, ref FROM tracker.report_ref ORDER BY 2, 3;
SELECT 'incident', place_name, local_date, n_reports, sources FROM tracker.incident
    WHERE retired_at IS NULL ORDER BY 2, 3, 4, 5;
SELECT 'figure', i.place_name, i.local_date, f.field, f.part, f.low, f.best, f.high, f.state, f.rule
    FROM tracker.figure f JOIN tracker.incident i USING (region_id, incident_id)
    ORDER BY 2, 3, 4, 5, 6, 7, 8, 9, 10;
SELECT 'dirty', count(*) FROM tracker.cell_mark;
SQL
}

"$TRACKER" ingest "$TMPDIR/reports.jsonl" >"$TMPDIR/out" 2>&1 || fail "$(cat "$TMPDIR/out")"
rows >"$TMPDIR/want"
[ "$(wc -l <"$TMPDIR/want")" -gt 800 ] || fail "too few rows: $(cat "$TMPDIR/out")"
psql -XAtqc "SELECT 'TRUNCATE ' || string_agg(format('tracker.%I', tablename), ', ') FROM pg_tables
    WHERE schemaname = 'tracker' AND tablename NOT IN ('migration', 'published_view')" |
    psql -XAtq

# From the first statement on, a little later each time, until a run gets through.
ended=0
for step in $(seq 1 60); do
    "$TRACKER" ingest "$TMPDIR/reports.jsonl" >"$TMPDIR/out" 2>&1 &
    pid=$!
    sleep "$(printf '0.%03d' $((step * 5)))"
    if kill -9 $pid 2>/dev/null; then ended=$((ended + 1)); fi
    wait $pid 2>/dev/null && break
done
[ $ended -gt 0 ] || fail "no run was killed"
# The server notices the death of a client at its next word.
for _ in $(seq 50); do
    [ "$(psql -XAtqc "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'tracker'")" = 0 ] && break
    sleep 0.1
done
"$TRACKER" ingest "$TMPDIR/reports.jsonl" >"$TMPDIR/out" 2>&1 || fail "$(cat "$TMPDIR/out")"
rows >"$TMPDIR/have"
diff "$TMPDIR/want" "$TMPDIR/have" >&2 || fail "other rows after $ended kills"
"$TRACKER" ingest "$TMPDIR/reports.jsonl" | tail -n 1 | grep -q ', 0 rows changed$' || fail "not the same again"
