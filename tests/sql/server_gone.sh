#!/bin/bash
# The server goes away in the middle of an ingest: exit 2 with a clear message after some tries, nothing half
# stored; the same command afterwards ends in the same rows. And a wrong password is said to be one.
set -eu
fail() { echo "$@" >&2; exit 1; }
server=build/test-pg
"$TRACKER" init >/dev/null

for i in $(seq 3000); do
    printf '{"id": "r%d", "published": "2025-11-%02d", "text": "Shelling killed %d people in Kherson."}\n' \
        "$i" $((i % 28 + 1)) $((i % 5 + 1))
done >"$TMPDIR/reports.jsonl"

# Every backend dies at once and the server restarts by itself: the run goes on.
"$TRACKER" ingest --batch 50 "$TMPDIR/reports.jsonl" >"$TMPDIR/out" 2>"$TMPDIR/err" &
pid=$!
for _ in 1 2 3 4 5; do
    sleep 0.1
    psql -XAtqc "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'tracker' AND datname = current_database()" >/dev/null || true
done
wait $pid || fail "an ingest did not survive lost connections: $(cat "$TMPDIR/err")"
grep -q '^3000 reports, ' "$TMPDIR/out" || fail "lost connections: $(cat "$TMPDIR/out")"

# The server is stopped and stays away.
psql -XAtq -c "SELECT 'TRUNCATE ' || string_agg(format('tracker.%I', tablename), ', ') FROM pg_tables
    WHERE schemaname = 'tracker' AND tablename NOT IN ('migration', 'published_view')" | psql -XAtq
"$TRACKER" ingest --batch 10 "$TMPDIR/reports.jsonl" >"$TMPDIR/out" 2>"$TMPDIR/err" &
pid=$!
sleep 0.3
deploy/private-db.sh stop "$server" >/dev/null 2>&1
rc=0
wait $pid || rc=$?
VOLATILE=1 deploy/private-db.sh start "$server" >/dev/null 2>&1
[ $rc = 2 ] || [ $rc = 0 ] || fail "the server went away: exit $rc, $(cat "$TMPDIR/err")"
[ $rc = 0 ] || grep -qi 'database\|server' "$TMPDIR/err" || fail "no clear message: $(cat "$TMPDIR/err")"
"$TRACKER" ingest "$TMPDIR/reports.jsonl" >"$TMPDIR/out" 2>"$TMPDIR/err" || fail "afterwards: $(cat "$TMPDIR/err")"
grep -q '^3000 reports, ' "$TMPDIR/out" || fail "afterwards: $(cat "$TMPDIR/out")"
"$TRACKER" ingest "$TMPDIR/reports.jsonl" | grep -q ', 0 rows changed$' || fail "afterwards something still changes"

# A wrong password. Only a role of this test needs one.
hba=$(psql -XAtqc 'SHOW hba_file')
cp -p "$hba" "$TMPDIR/hba"
trap 'cat "$TMPDIR/hba" >"$hba"; psql -XAtqc "SELECT pg_reload_conf()" >/dev/null; psql -Xqc "DROP ROLE locked_out"' EXIT
psql -Xqc "CREATE ROLE locked_out LOGIN PASSWORD 'right'"
{ echo 'local all locked_out scram-sha-256'; cat "$TMPDIR/hba"; } >"$hba"
psql -XAtqc 'SELECT pg_reload_conf()' >/dev/null
sleep 0.2
rc=0
"$TRACKER" incidents -d 'user=locked_out password=wrong' >"$TMPDIR/out" 2>"$TMPDIR/err" || rc=$?
[ $rc = 2 ] || fail "wrong password: exit $rc"
grep -q 'password' "$TMPDIR/err" || fail "wrong password: $(cat "$TMPDIR/err")"
! grep -q 'wrong' "$TMPDIR/err" || fail "the password is printed"
