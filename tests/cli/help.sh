#!/bin/bash
# Every verb explains itself; --version and the list of verbs.
set -eu
. tests/cli/expect.bash

for general in --help -h help; do
    run 0 "$general"
    head -n 1 "$TMPDIR/out" | grep -q '^usage: tracker ' || fail "$general: no usage"
done
verbs=$(sed -n 's/^    \([a-z]*\) .*/\1/p' "$TMPDIR/out")
for verb in init doctor extract ingest incidents rules eval places; do
    grep -qx "$verb" <<<"$verbs" || fail "--help does not list $verb"
done
for verb in $verbs; do
    for help in --help -h; do
        run 0 "$verb" "$help"
        head -n 1 "$TMPDIR/out" | grep -q "^usage: tracker $verb" || fail "$verb $help: no usage"
        printed '--config FILE'
        [ ! -s "$TMPDIR/err" ] || fail "$verb $help: something on standard error"
    done
done
# Help wins over what else is asked, and needs neither rules nor a server.
run 0 ingest --rules /nonexistent --help no-such-file

run 0 --version
grep -qE '^tracker [0-9]+\.[0-9]+\.[0-9]+$' "$TMPDIR/out" || fail "no version"
