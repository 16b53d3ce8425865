#!/bin/bash
# A usage error prints nothing on standard output, exits 129, and ends with where to look.
set -eu
. tests/cli/expect.bash

# usage VERB ARGUMENTS...
usage() {
    run 129 "$@"
    [ ! -s "$TMPDIR/out" ] || fail "$*: something on standard output"
    [ "$(tail -n 1 "$TMPDIR/err")" = "Try 'tracker $1 --help'" ] || fail "$*: no hint"
}

for verb in init doctor extract ingest incidents rules eval places; do
    usage "$verb" --no-such-option
    said "'--no-such-option'"
    usage "$verb" -Z
done
usage extract --published
said 'needs an argument'
usage extract --published 19.11.2025 fixtures/reports/peace-plan.txt
said '19.11.2025'
usage rules
usage rules chekc
said chekc
usage rules explain
usage rules explain 'Two people' 'were killed'
usage rules check one two
usage places
usage places find
usage places no-such-thing
usage init now
usage incidents Ternopil
usage incidents --limit many
said "'many'"
usage incidents --min-killed -3
usage incidents --from yesterday
usage doctor quickly

# Without a known verb there is no verb's help to point to.
run 129
[ "$(tail -n 1 "$TMPDIR/err")" = "Try 'tracker --help'" ] || fail "no verb: no hint"
run 129 extrcat
said "'extrcat'"
[ "$(tail -n 1 "$TMPDIR/err")" = "Try 'tracker --help'" ] || fail "unknown verb: no hint"
