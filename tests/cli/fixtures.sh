#!/bin/bash
# Every report of fixtures/reports gives what fixtures/expected says; none is rejected.
set -eu
"$TRACKER" extract fixtures/reports >"$TMPDIR/got.jsonl"
for report in fixtures/reports/*; do
    name=$(basename "$report")
    [ -f "fixtures/expected/${name%.*}.jsonl" ] || { echo "nothing expected of $name"; exit 1; }
done
python3 tests/cli/check_expected.py fixtures/expected "$TMPDIR/got.jsonl"
