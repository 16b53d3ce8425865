#!/bin/bash
# tracker rules coverage: the rule author's list of what no rule reads, by shape.
set -eu
. tests/cli/expect.bash

cat >"$TMPDIR/in.jsonl" <<'END'
{"id": "a", "text": "Five people are now dead. The sun shone."}
{"id": "b", "text": "Ten soldiers are now dead. Two people were killed."}
{"id": "c", "text": "Two boys are now dead. The blast left five people badly hurt."}
END
cover() { run 0 rules coverage --rules fixtures/rules_min "$@"; }

cover "$TMPDIR/in.jsonl"
head -n 2 "$TMPDIR/out" >"$TMPDIR/first"
printf '     3  <count:people> are now dead\n        a: Five people are now dead.\n' |
    diff - "$TMPDIR/first" || fail "not the most frequent shape"
printed '<count:people> badly hurt'
[ "$(tail -n 1 "$TMPDIR/out")" = '4 sentences without a claim, 2 shapes' ] || fail "no sum"
cover --limit 1 "$TMPDIR/in.jsonl"
[ "$(wc -l <"$TMPDIR/out")" = 3 ] || fail "limit"
cover --json "$TMPDIR/in.jsonl"
holds 'r[0] == {"shape": "<count:people> are now dead", "n": 3, "report": "a", "sentence": "Five people are now dead."}'
holds 'len(r) == 2'
cover <"$TMPDIR/in.jsonl"
printed '4 sentences'
# With a place: the project's own rules and places; a claim is no gap.
echo '{"id": "a", "text": "In Kherson three injured storks stood. Three people were killed in Kherson."}' >"$TMPDIR/in.jsonl"
run 0 rules coverage "$TMPDIR/in.jsonl"
! grep -q 'Three people were killed' "$TMPDIR/out" || fail "a claim is listed"

run 3 rules coverage "$TMPDIR/no-such-file"
run 129 rules coverage --limit x "$TMPDIR/in.jsonl"
run 129 rules coverage --stored
run 129 rules coverage --why-not killed=1
said 'takes no --why-not'
run 4 rules coverage --rules /nonexistent "$TMPDIR/in.jsonl"
