#!/bin/bash
# Who may do what: readers and analysts see the published views only, the writer cannot change the
# schema, and a user without the right to create roles is told what to do.
set -eu
"$TRACKER" init >/dev/null
fail() { echo "$@" >&2; exit 1; }

# may ROLE SQL, may_not ROLE SQL
may() { psql -XqAt -v ON_ERROR_STOP=1 -c "SET ROLE $1" -c "$2" >/dev/null || fail "$1 may not: $2"; }
may_not() {
    ! psql -XqAt -v ON_ERROR_STOP=1 -c "SET ROLE $1" -c "$2" >out 2>&1 || fail "$1 may: $2"
    grep -Eq 'permission denied|must (be owner|have admin)|cannot' out || fail "$1: $2: $(cat out)"
}
cd "$TMPDIR"

for role in tracker_reader tracker_analyst; do
    for view in incidents figures events claims report_incidents toll_history data_dictionary \
        claims_by_source toll_series daily_casualties daily_munitions casualties_by_place waves \
        review_queue source_coverage watch_state; do
        may $role "SELECT * FROM strikes.$view"
    done
    for asked in incidents figures daily_casualties daily_munitions casualties_by_place waves; do
        may $role "SELECT * FROM strikes.${asked}_as_of(now())"
    done
    may_not $role 'SELECT * FROM tracker.incident_state'
    may $role "SELECT * FROM strikes.changes_since('-infinity')"
    may $role 'SELECT strikes.resolve_incident(1)'
    may_not $role 'SELECT * FROM tracker.report'
    may_not $role 'SELECT * FROM tracker.incident'
    may_not $role 'DELETE FROM strikes.figures'
    may_not $role 'CREATE TABLE strikes.mine (n int)'
done
for table in $(psql -XAtqc "SELECT tablename FROM pg_tables WHERE schemaname = 'tracker'"); do
    may tracker_writer "SELECT * FROM tracker.$table"
done
may tracker_writer "INSERT INTO tracker.cell (region_id, country) VALUES (1, 'UA')"
may_not tracker_writer 'DROP TABLE tracker.cell'
may_not tracker_writer 'DROP SCHEMA tracker CASCADE'
may_not tracker_writer 'ALTER TABLE tracker.cell ADD extra int'
may_not tracker_writer 'CREATE TABLE tracker.mine (n int)'
may_not tracker_writer "UPDATE tracker.migration SET checksum = ''"
# Nor the published views, nor anything that a later query could be led to. Many statements, one
# session: each must be refused.
psql -XAtq >statements <<'SQL'
SET search_path = '';
SELECT format(s, 'strikes.' || viewname) FROM pg_views, unnest(array['DROP VIEW %s;', 'ALTER VIEW %s RENAME TO mine;',
    'CREATE OR REPLACE VIEW %s AS SELECT 1 AS mine;']) s WHERE schemaname = 'strikes';
SELECT format(s, oid::regprocedure) FROM pg_proc, unnest(array['DROP FUNCTION %s;',
    'ALTER FUNCTION %s OWNER TO tracker_writer;']) s
WHERE pronamespace IN ('strikes'::regnamespace, 'tracker'::regnamespace);
SELECT format(s, 'tracker.' || tablename) FROM pg_tables, unnest(array['DROP TABLE %s;', 'TRUNCATE %s;',
    'ALTER TABLE %s DISABLE TRIGGER ALL;', 'CREATE TRIGGER mine BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION
    suppress_redundant_updates_trigger();']) s WHERE schemaname = 'tracker';
SELECT format(s, name) FROM unnest(array['strikes', 'tracker', 'public', 'pg_catalog']) name,
    unnest(array['CREATE TABLE %s.mine (n int);', 'ALTER SCHEMA %s RENAME TO mine;',
    'CREATE FUNCTION %s.mine() RETURNS int LANGUAGE sql AS ''SELECT 1'';']) s;
SQL
psql -Xq -c 'SET ROLE tracker_writer' -f statements >out 2>&1 || true
refused=$(grep -Ec 'ERROR: +(permission denied|must be owner)' out) || true
[ "$(grep -c ';$' statements)" -gt 100 ] && [ "$refused" = "$(grep -c ';$' statements)" ] ||
    fail "the writer may do one of these: $(grep -v 'permission denied\|must be owner' out; wc -l statements out)"
may_not tracker_writer 'CREATE SCHEMA mine'
may_not tracker_writer 'DROP SCHEMA strikes CASCADE'
may_not tracker_writer "CREATE ROLE mine"
may_not tracker_writer 'GRANT tracker_analyst TO tracker_reader'

# A second database of the server finds the roles made.
second=${PGDATABASE}_second
feed=${PGDATABASE}_feed
plain=${PGDATABASE}_plain
# Left over from a run that failed.
psql -Xq -c "DROP DATABASE IF EXISTS $second" -c "DROP ROLE IF EXISTS $feed" \
    -c "DROP ROLE IF EXISTS $plain" 2>/dev/null
psql -Xq -c "CREATE DATABASE $second"
PGDATABASE=$second "$TRACKER" init >/dev/null || fail "no init in a second database"

# The program works with no more than the writer's rights.
psql -Xq -c "CREATE ROLE $feed LOGIN IN ROLE tracker_writer"
printf '%s\n' '{"id": "a", "published": "2025-11-19", "text": "Shelling killed three people in Kherson on Tuesday."}' |
    PGUSER=$feed "$TRACKER" ingest - >out 2>&1 || fail "the writer cannot ingest: $(cat out)"
grep -Eq '^1 reports?, ' out || fail "unexpected: $(cat out)"

# Missing roles, and no right to create them. Roles of a server cannot go while databases use them,
# so the check is made with the statement of the migration under other names.
psql -Xq -c "CREATE ROLE $plain LOGIN"
psql -Xq -c "DROP DATABASE $second" -c "CREATE DATABASE $second OWNER $plain"
cp -r "$OLDPWD/sql" sql
sed -i 's/tracker_writer/absent_writer/g' sql/0001_schema.sql
if PGDATABASE=$second PGUSER=$plain TRACKER_SQL=$PWD/sql "$TRACKER" init >out 2>&1; then
    fail "init made roles it may not make: $(cat out)"
fi
grep -q 'may not create roles' out && grep -q 'CREATE ROLE' out || fail "unclear: $(cat out)"
psql -Xq -c "DROP DATABASE $second" -c "DROP ROLE $plain" -c "DROP ROLE $feed"
