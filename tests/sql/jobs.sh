#!/bin/bash
# ingest --jobs stores what one job stores: every table, row for row, but for when it was written.
set -eu

# A line a table: its name, its rows, their hash.
tables() {
    psql -XAtq <<'SQL'
SELECT format('SELECT %L, count(*), md5(string_agg(r::text, chr(10) ORDER BY r::text)) FROM (SELECT to_jsonb(t)
           - ''{recorded_at,superseded_at,marked_at,last_changed_at,retired_at,applied_at}''::text[] AS r
           FROM tracker.%I t) AS rows', table_name, table_name)
FROM information_schema.tables
WHERE table_schema = 'tracker' AND table_type = 'BASE TABLE' AND table_name NOT IN ('migration')
ORDER BY table_name
\gexec
SQL
}

for jobs in 1 2 5; do
    PGDATABASE=postgres psql -Xqc "DROP DATABASE IF EXISTS jobs_$jobs" -c "CREATE DATABASE jobs_$jobs" 2>/dev/null
    export PGDATABASE=jobs_$jobs
    "$TRACKER" init >/dev/null
    rc=0 # a front page among them is rejected
    "$TRACKER" ingest -q --jobs $jobs --batch 7 fixtures/reports fixtures/pages/*.html >"$TMPDIR/said.$jobs" || rc=$?
    [ $rc = 3 ] || { echo "--jobs $jobs: exit $rc"; exit 1; }
    again=$("$TRACKER" ingest -q --again --jobs $jobs --batch 5)
    case $again in *", 0 rows changed") ;; *) echo "--jobs $jobs, read again: $again"; exit 1 ;; esac
    tables >"$TMPDIR/tables.$jobs"
done
grep -Eq '^claim\|[0-9]{3,}\|' "$TMPDIR/tables.1" || { echo "too little:"; cat "$TMPDIR/tables.1"; exit 1; }
for jobs in 2 5; do
    diff "$TMPDIR/said.1" "$TMPDIR/said.$jobs"
    diff "$TMPDIR/tables.1" "$TMPDIR/tables.$jobs"
done
for jobs in 1 2 5; do
    PGDATABASE=postgres psql -Xqc "DROP DATABASE jobs_$jobs"
done
