#!/bin/bash
# A filled database outlives its server: dumped, restored on a server that has never seen the
# program, it gives the same report, and goes on. A filled database of the schema before the newest
# migration is brought up by init, and loses nothing.
set -eu
fail() { echo "$@" >&2; exit 1; }
trap 'deploy/private-db.sh remove "$TMPDIR/other"' EXIT
original=$PGDATABASE
period=2025-11-10..2025-11-23
report() { "$TRACKER" report --period $period --format html; }
# Each table with its rows, but for those that init writes.
counts() {
    psql -XAtq <<'SQL'
SELECT format('SELECT %L, count(*) FROM tracker.%I', tablename, tablename) FROM pg_tables
WHERE schemaname = 'tracker' AND tablename NOT IN ('migration', 'published_view') ORDER BY 1
\gexec
SQL
}

"$TRACKER" init >/dev/null
"$TRACKER" ingest -q fixtures/reports >/dev/null
incident=$(psql -XAtqc "SELECT incident_id FROM strikes.incidents WHERE place = 'Ternopil' LIMIT 1")
ref=$(psql -XAtqc "SELECT report_ref FROM strikes.report_incidents WHERE incident_id = $incident ORDER BY 1 LIMIT 1")
"$TRACKER" decide reject --report "$ref" --who "A. Analyst" --why "a test of backups" >/dev/null
report >"$TMPDIR/report.html"
[ "$(wc -c <"$TMPDIR/report.html")" -gt 20000 ] || fail "a report too small to compare"
counts >"$TMPDIR/counts"

# ---- backup and restore, as the README shows -----------------------------------------------------
pg_dumpall --roles-only --no-role-passwords >"$TMPDIR/roles.sql"
pg_dump -Fc -f "$TMPDIR/tracker.dump"
(
    line=$(VOLATILE=1 deploy/private-db.sh start "$TMPDIR/other" 2>/dev/null)
    eval "$line"
    # The one error is the role that restores, which is there already.
    psql -Xqd postgres -f "$TMPDIR/roles.sql" 2>&1 | grep -v 'role "tracker" already exists' && fail "roles"
    createdb restored
    pg_restore -d restored --exit-on-error "$TMPDIR/tracker.dump"
    export PGDATABASE=restored
    report | cmp "$TMPDIR/report.html" - || fail "the restored database gives another report"
    "$TRACKER" reconcile --rebuild >"$TMPDIR/out" || fail "a rebuild differs: $(cat "$TMPDIR/out")"
    counts | diff "$TMPDIR/counts" -
    said=$("$TRACKER" ingest -q fixtures/reports)
    case $said in *", 0 rows changed") ;; *) fail "what was restored is read again: $said" ;; esac
    psql -XqAt -c 'SET ROLE tracker_reader' -c 'SELECT count(*) FROM strikes.incidents' >/dev/null ||
        fail "the readers' rights were lost"
    ! psql -XqAt -c 'SET ROLE tracker_reader' -c 'SELECT count(*) FROM tracker.report' >/dev/null 2>&1 ||
        fail "readers have rights they had not"
    "$TRACKER" ingest -q - <<<'{"id": "new", "published": "2025-11-22", "text": "Shelling killed two people in Sumy on Friday."}' |
        grep -qv ' 0 rows changed' || fail "nothing new can be stored"
)

# ---- the schema before the newest migration, filled, brought up ------------------------------------
older=${original}_older
psql -Xq -c "DROP DATABASE IF EXISTS $older" -c "CREATE DATABASE $older" 2>/dev/null
cp -R sql "$TMPDIR/sql"
# Views are made after the last migration, and may need it.
rm -r "$TMPDIR"/sql/views/* "$(ls "$TMPDIR"/sql/0*.sql | tail -n 1)"
echo 'SELECT 1;' >"$TMPDIR/sql/views/none.sql"
export PGDATABASE=$older
TRACKER_SQL=$TMPDIR/sql "$TRACKER" init >"$TMPDIR/older"
! "$TRACKER" ingest -q fixtures/reports >/dev/null 2>"$TMPDIR/err" || fail "ingest into a schema that is too old"
grep -q "tracker init" "$TMPDIR/err" || fail "no advice: $(cat "$TMPDIR/err")"
# What the older schema has room for, as its own program left it.
psql -XAtq <<'SQL' >"$TMPDIR/columns"
SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'tracker' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
  AND table_name NOT IN ('migration', 'published_view') GROUP BY 1 ORDER BY 1
SQL
psql -XqAtc "SELECT 'TRUNCATE ' || string_agg('tracker.' || t, ', ') FROM regexp_split_to_table('$(cut -d'|' -f1 "$TMPDIR/columns" |
    paste -sd,)', ',') t" | psql -Xq -v ON_ERROR_STOP=1
while IFS='|' read -r table columns; do
    psql -Xq -d "$original" -c "\\copy (SELECT $columns FROM tracker.$table) TO '$TMPDIR/rows'"
    PGOPTIONS='-c session_replication_role=replica' psql -Xq \
        -c "\\copy tracker.$table ($columns) FROM '$TMPDIR/rows'" >/dev/null 2>"$TMPDIR/err" ||
        fail "$table: $(cat "$TMPDIR/err")"
done <"$TMPDIR/columns"
"$TRACKER" init >"$TMPDIR/newer"
grep -q '1 migration applied' "$TMPDIR/newer" || fail "not brought up: $(cat "$TMPDIR/newer")"
counts | diff "$TMPDIR/counts" - || fail "rows were lost"
report >/dev/null
# New columns are filled by reading again; then all is as in a database that never was older.
"$TRACKER" ingest -q --again >/dev/null
"$TRACKER" reconcile --rebuild >/dev/null || true
"$TRACKER" reconcile --rebuild >"$TMPDIR/out" || fail "$(cat "$TMPDIR/out")"
figures='SELECT place, country, local_date, killed_low, killed_best, killed_high, wounded_low, wounded_best, n_reports,
    grading FROM strikes.incidents ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9'
psql -XAtqc "$figures" >"$TMPDIR/figures"
psql -XAtq -d "$original" -c "$figures" | diff - "$TMPDIR/figures" || fail "other incidents"
psql -Xq -d "$original" -c "DROP DATABASE $older"
