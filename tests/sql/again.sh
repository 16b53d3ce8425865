#!/bin/bash
# ingest --again reads what is stored with the present rules: it ends where a first ingest with these
# rules ends, changes nothing the second time, and survives kill -9. rules diff --stored foretells it.
set -eu
fail() { echo "$@" >&2; exit 1; }
sql() { psql -XAtqc "$1"; }
"$TRACKER" init >/dev/null

cp -r fixtures/rules_min "$TMPDIR/old"
cp -r fixtures/rules_min "$TMPDIR/new"
cat >>"$TMPDIR/new/en/casualties.yml" <<'END'
  - rule: lifeless
    match: <killed> lay lifeless
    examples:
      - text: Five people lay lifeless.
        expect: {killed: 5}
      - text: Five people lay.
        expect: nothing
END
for i in $(seq 300); do
    printf '{"id": "r%d", "published": "2025-11-%02dT03:30:00+02:00", "outlet": "Post %d", "title": "Ten people were killed in Kherson", "text": "%d people were killed in a strike in Kherson. In Odesa %d people lay lifeless after a strike."}\n' \
        "$i" $((i % 28 + 1)) $((i % 7)) $((i % 5 + 2)) $((i % 3 + 2))
done >"$TMPDIR/reports.jsonl"

# Everything but the clock; of incidents not the ids, which remember.
rows() {
    psql -XAtq <<'SQL'
SELECT 'report', report_id, edition, reading_id, ruleset_id, ref, published_at, published_has_time, event_ids FROM tracker.report ORDER BY 2;
SELECT 'claim', c.report_id, claim_id, field, best, role, c.text, rule FROM tracker.claim c
    JOIN tracker.report r USING (report_id, reading_id) ORDER BY 2, 3;
SELECT 'event', region_id, event_id, local_date, start_at FROM tracker.event ORDER BY 2, 3;
SELECT 'ref', report_id, ref FROM tracker.report_ref ORDER BY 2, 3;
SELECT 'incident', place_name, local_date, n_reports, sources FROM tracker.incident
    WHERE retired_at IS NULL ORDER BY 2, 3, 4, 5;
SELECT 'dirty', count(*) FROM tracker.cell_mark;
SQL
}
empty() {
    sql "SELECT 'TRUNCATE ' || string_agg(format('tracker.%I', tablename), ', ') FROM pg_tables
        WHERE schemaname = 'tracker' AND tablename NOT IN ('migration', 'published_view')" | psql -XAtq
}
ingest() { "$TRACKER" ingest --rules "$1" "${@:2}" >"$TMPDIR/out" 2>&1 || fail "$(cat "$TMPDIR/out")"; }

ingest "$TMPDIR/new" "$TMPDIR/reports.jsonl"
rows >"$TMPDIR/want"
grep -q '|lifeless$' "$TMPDIR/want" || fail "the new rule reads nothing"
empty
ingest "$TMPDIR/old" "$TMPDIR/reports.jsonl"
rows >"$TMPDIR/before"
! cmp -s "$TMPDIR/want" "$TMPDIR/before" || fail "both rule sets read the same"

"$TRACKER" rules diff --stored "$TMPDIR/old" "$TMPDIR/new" >"$TMPDIR/out" || fail "diff: $?"
[ "$(tail -n 1 "$TMPDIR/out")" = '300 gained, 0 lost, 0 altered in 300 of 300 reports' ] ||
    fail "diff: $(tail -n 1 "$TMPDIR/out")"

# The rules it was read with change nothing.
ingest "$TMPDIR/old" --again
grep -qE '^300 reports, [0-9]+ incidents, 0 rows changed$' "$TMPDIR/out" || fail "$(cat "$TMPDIR/out")"

# Only the later ones; then the rest, in small batches, killed all the time.
ingest "$TMPDIR/new" --again --since 2025-11-20
late=$(sql "SELECT count(*) FROM tracker.report WHERE published_at >= '2025-11-20'")
new=$(sql "SELECT count(*) FROM tracker.report r JOIN tracker.ruleset s USING (ruleset_id) WHERE s.path LIKE '%/new'")
[ "$late" = "$new" ] && [ "$new" -gt 0 ] && [ "$new" -lt 300 ] || fail "since: $new of $late"
ended=0
for step in $(seq 1 60); do
    "$TRACKER" ingest --rules "$TMPDIR/new" --batch 20 --again >"$TMPDIR/out" 2>&1 &
    pid=$!
    sleep "$(printf '0.%03d' $((step * 8)))"
    if kill -9 $pid 2>/dev/null; then ended=$((ended + 1)); fi
    wait $pid 2>/dev/null && break
done
[ $ended -gt 0 ] || fail "no run was killed"
for _ in $(seq 50); do
    [ "$(sql "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'tracker'")" = 0 ] && break
    sleep 0.1
done
ingest "$TMPDIR/new" --again
rows >"$TMPDIR/have"
diff "$TMPDIR/want" "$TMPDIR/have" >&2 || fail "other rows than a first ingest"
ingest "$TMPDIR/new" --again
grep -q ', 0 rows changed$' "$TMPDIR/out" || fail "$(cat "$TMPDIR/out")"
# The old reading is history, and ingesting the files again changes nothing.
[ "$(sql 'SELECT count(*) FROM tracker.report_edition')" = 300 ] || fail "no history"
ingest "$TMPDIR/new" "$TMPDIR/reports.jsonl"
grep -q ', 0 rows changed$' "$TMPDIR/out" || fail "$(cat "$TMPDIR/out")"

usage() {
    local got=0
    "$TRACKER" ingest "$@" >"$TMPDIR/out" 2>&1 || got=$?
    [ $got = 129 ] || fail "ingest $*: exit $got"
}
usage --again "$TMPDIR/reports.jsonl"
usage --since 2025-11-01 "$TMPDIR/reports.jsonl"
usage --again --since yesterday
usage --again --outlet Post
