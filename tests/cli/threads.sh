#!/bin/bash
# However many threads extract, the output is the same bytes in the same order, also with rejected
# reports between; what is read ahead of a signal is still printed.
set -eu
. tests/cli/expect.bash

python3 - "$TMPDIR/mixed.jsonl" <<'END'
import json, random, sys
random.seed(7)
texts = ["Shelling killed %d people in Kherson on Monday.", "Nothing of note happened.",
         "At least %d people were wounded in Odesa and Sumy overnight, police said. " * 40,
         "%d drones were shot down over Kyiv region."]
lines = [json.dumps({"id": "n%d" % i, "published": "2025-11-%02d" % random.randint(1, 30),
                     "text": random.choice(texts).replace("%d", str(random.randint(2, 90)))})
         for i in range(6000)]
for broken in range(0, 6000, 97):
    lines[broken] = '{"id": %d, "text": ' % broken
open(sys.argv[1], "w").write("\n".join(lines) + "\n")
END
{
    printf '{"id": "long", "text": "'
    for _ in $(seq 2000); do printf 'Three people were killed in Kherson on Monday. '; done
    printf '"}\n'
} >"$TMPDIR/long.jsonl"
inputs=("$TMPDIR/long.jsonl" "$TMPDIR/mixed.jsonl" fixtures/reports fixtures/pages fixtures/feeds)
run 3 extract -q "${inputs[@]}"
mv "$TMPDIR/out" "$TMPDIR/one"
[ "$(wc -l <"$TMPDIR/one")" -gt 6000 ] || fail "too few reports"
for jobs in 2 4 64; do
    run 3 extract -q --jobs $jobs "${inputs[@]}"
    cmp "$TMPDIR/one" "$TMPDIR/out" || fail "--jobs $jobs differs from one job"
done

# From a pipe that stays open: a signal ends it, and nothing that was read is lost.
mkfifo "$TMPDIR/pipe"
"$TRACKER" extract -j 4 - <"$TMPDIR/pipe" >"$TMPDIR/out" 2>"$TMPDIR/err" &
pid=$!
exec 8>"$TMPDIR/pipe"
for i in $(seq 20); do printf '{"id": "%d", "text": "Three people were killed in Kherson."}\n' "$i"; done >&8
sleep 1
kill -TERM $pid
wait $pid || fail "exit $?"
exec 8>&-
reports 20

for wrong in 0 65 two ''; do
    run 4 extract --jobs="$wrong" fixtures/reports/peace-plan.txt
    said 'jobs: expected a number from 1 to 64'
done
TRACKER_JOBS=3 run 0 extract fixtures/reports/peace-plan.txt
