#!/bin/bash
# Without a server: exit 2 and one clear message; what needs none works.
set -eu
. tests/cli/expect.bash

for verb in init incidents; do
    run 2 "$verb"
    said /nonexistent
    [ ! -s "$TMPDIR/out" ] || fail "$verb: something on standard output"
    [ "$(wc -l <"$TMPDIR/err")" -le 3 ] || fail "$verb: more than three lines"
done
run 2 ingest fixtures/reports
said /nonexistent
# -d wins over PG* variables.
run 2 init -d 'host=/elsewhere'
said /elsewhere
TRACKER_DATABASE='host=/somewhere' run 2 incidents
said /somewhere

run 1 doctor
grep -q '^FAULT *database' "$TMPDIR/out" || fail "doctor finds no fault"
grep -q '^ok *rules' "$TMPDIR/out" || fail "doctor stops at the first fault"
run 0 extract fixtures/reports/peace-plan.txt
reports 1
