#!/bin/bash
# A password is printed nowhere: not in messages about a connection that fails or settings that are
# wrong, not by doctor, and it does not stay in the list of processes.
set -eu
. tests/cli/expect.bash

quiet() {
    ! grep -q 's3cret\|cret%' "$TMPDIR/out" "$TMPDIR/err" || fail "the password is printed"
}
for conninfo in \
    'host=/nonexistent password=s3cret' \
    'postgresql://u:s3cret@/db?host=/nonexistent' \
    'postgresql:///db?host=/nonexistent&password=s3cret' \
    'postgresql://u:s3cret@[bad/db' \
    'postgresql://u:x:s3cret@/nonexistent:99x/db?host=/nonexistent' \
    'postgres://u:s3cret%zz@h/db' \
    'postgresql//u:s3cret@h/db' \
    'password=two s3cret' \
    "password='s3cret" \
    'host=/nonexistent password=s3cret bogus=1' \
    'PASSWORD=s3cret host=/nonexistent'; do
    for verb in incidents doctor 'ingest -v'; do
        got=0
        "$TRACKER" $verb -d "$conninfo" </dev/null >"$TMPDIR/out" 2>"$TMPDIR/err" || got=$?
        [ "$got" = 1 ] || [ "$got" = 2 ] || fail "$verb -d '$conninfo': exit $got"
        quiet
        said PGPASSFILE
        got=0
        TRACKER_DATABASE=$conninfo "$TRACKER" $verb </dev/null >"$TMPDIR/out" 2>"$TMPDIR/err" || got=$?
        quiet
        printf 'database: "%s"\n' "$conninfo" >"$TMPDIR/good.yml"
        "$TRACKER" $verb -c "$TMPDIR/good.yml" </dev/null >"$TMPDIR/out" 2>"$TMPDIR/err" || got=$?
        quiet
    done
    printf 'databse: %s\n' "$conninfo" >"$TMPDIR/typo.yml"
    run 4 incidents -c "$TMPDIR/typo.yml"
    said databse
    quiet
    printf 'database: [{%s}]\n%s\n' "$conninfo" "$conninfo" >"$TMPDIR/broken.yml"
    run 4 incidents -c "$TMPDIR/broken.yml"
    quiet
done
PGPASSWORD=s3cret run 2 incidents
quiet
PGPASSWORD=s3cret run 1 doctor
quiet

# A server that never answers, and what the list of processes says meanwhile.
python3 - "$TMPDIR/.s.PGSQL.5432" <<'END' &
import socket, sys, time
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen()
conn = s.accept()[0]
open(sys.argv[1] + ".taken", "w")
time.sleep(20)
END
server=$!
while [ ! -S "$TMPDIR/.s.PGSQL.5432" ]; do sleep 0.1; done
"$TRACKER" incidents --database="host=$TMPDIR password=s3cret" >"$TMPDIR/out" 2>"$TMPDIR/err" &
pid=$!
for _ in $(seq 100); do
    [ ! -e "$TMPDIR/.s.PGSQL.5432.taken" ] || break
    sleep 0.1
done
tr '\0' ' ' <"/proc/$pid/cmdline" >"$TMPDIR/cmdline"
kill $pid $server
wait $pid $server 2>/dev/null || true
grep -q 'incidents --database=\*\*\*' "$TMPDIR/cmdline" || fail "the list of processes says: $(cat "$TMPDIR/cmdline")"
quiet
