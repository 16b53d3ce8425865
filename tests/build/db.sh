#!/bin/bash
# The contract of `make -s db`: one line for eval, from any folder, whatever happened before.
set -eu
copy="$TMPDIR/it's a \"copy\""
mkdir -p "$copy"
cp -R Makefile deploy "$copy"
cd "$copy"
trap 'deploy/private-db.sh remove >/dev/null 2>&1' EXIT
fail() { echo "$*"; exit 1; }
unset "${!PG@}"

# The server may keep neither the pipe of $(...) nor another descriptor of ours.
exec 9>"$TMPDIR/descriptor"
line=$(timeout 60 make -s db)
[ "$(printf '%s\n' "$line" | wc -l)" = 1 ] || fail "more than one line: $line"
case $line in "export PGHOST="*" PGPORT="*" PGUSER="*" PGDATABASE="*) ;; *) fail "line: $line" ;; esac
pid=$(head -n 1 build/pg/data/postmaster.pid 2>/dev/null ||
    head -n 1 "$(cat build/pg/location)/data/postmaster.pid")
for fd in /proc/"$pid"/fd/*; do
    [ "$(readlink "$fd")" != "$TMPDIR/descriptor" ] || fail "the server kept descriptor 9"
done
exec 9>&-

eval "$line"
[ "${#PGHOST}" -le 86 ] || fail "socket path too long"
psql -Xqc 'CREATE DATABASE second' -c 'CREATE ROLE somebody'
[ "$(psql -XAtd second -c 'SHOW server_encoding')" = UTF8 ] || fail "encoding"
[ -z "$(psql -XAtc 'SHOW listen_addresses')" ] || fail "listens on TCP"
[ "$(make -s db)" = "$line" ] || fail "a second call differs"

# Killed without notice, its pid file stays; the data too.
kill -9 "$pid"
[ "$(make -s db)" = "$line" ] || fail "not started again after kill -9"
[ "$(psql -XAtd second -c 'SELECT 1')" = 1 ] || fail "data lost"

# Three at once after a stop agree.
make -s db-stop
make -s db-stop
! psql -XAtc 'SELECT 1' 2>/dev/null || fail "db-stop did not stop it"
for i in 1 2 3; do make -s db >"$TMPDIR/line$i" & done
wait
for i in 1 2 3; do [ "$(cat "$TMPDIR/line$i")" = "$line" ] || fail "call $i of three differs"; done

# A path too long for a socket: data elsewhere, gone after `make clean`.
long=$(printf 'long%.0s' $(seq 30))
mkdir "$long"
cp -R Makefile deploy "$long"
cd "$long"
eval "$(make -s db)"
[ "$(psql -XAtc 'SELECT 1')" = 1 ] || fail "no server for the long path"
elsewhere=$(cat build/pg/location)
[ -d "$elsewhere/data" ] || fail "no data in $elsewhere"
make -s clean
[ ! -e "$elsewhere" ] || fail "make clean left $elsewhere"
cd ..
make -s clean
! kill -0 "$(head -n 1 build/pg/data/postmaster.pid 2>/dev/null || echo x)" 2>/dev/null ||
    fail "make clean left the server"
[ ! -e build ] || fail "make clean left build/"
