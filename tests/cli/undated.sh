#!/bin/bash
# A report without a date: what it tells is dated unknown, never today.
set -eu
. tests/cli/expect.bash

for text in 'A drone strike killed three people in Kherson.' \
    'Overnight, a drone strike killed three people in Kherson.' \
    'A drone strike killed three people in Kherson on Monday.' \
    'Three people were killed in Kherson yesterday in a drone strike.' \
    'A drone strike killed three people in Kherson on 12 May.'; do
    printf '%s\n' "$text" >"$TMPDIR/undated.txt"
    # The clock of the file is no date either.
    touch -d 2020-01-02 "$TMPDIR/undated.txt"
    run 0 extract "$TMPDIR/undated.txt"
    holds 'r[0]["events"][0]["killed"]["best"] == 3'
    holds 'all(r[0]["events"][0]["when"][k] is None for k in ("local_date", "start", "end"))'
done
printf 'A drone strike killed three people in Kherson on 12 May 2024.\n' >"$TMPDIR/dated.txt"
run 0 extract "$TMPDIR/dated.txt"
holds 'r[0]["events"][0]["when"]["local_date"] == "2024-05-12"'
