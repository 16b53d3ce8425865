#!/bin/bash
# Files nobody can read, beside one that is good: rejected with a reason, the good one is read.
set -eu
. tests/cli/expect.bash
good=$TMPDIR/good.txt
printf 'Date: 2025-11-19\n\nThree people were killed in a strike on Kherson on Tuesday.\n' >"$good"

# rejects REASON PATH: among good ones.
rejects() {
    run 3 extract "$good" "$2" "$good"
    reports 3
    said "$1"
    holds 'r[0]["events"] and r[2]["events"] and "error" not in r[0]'
    holds 'r[1]["events"] == [] and r[1]["error"]'
    printed "$1"
}

rejects 'No such file' "$TMPDIR/missing.txt"
ln -s nowhere "$TMPDIR/dangling"
rejects 'No such file' "$TMPDIR/dangling"
rejects 'Not a directory' "$good/below"
# Opens, but cannot be read, by nobody.
rejects 'cannot be' /proc/self/mem
if [ "$(id -u)" != 0 ]; then
    cp "$good" "$TMPDIR/secret.txt"
    chmod 000 "$TMPDIR/secret.txt"
    rejects 'Permission denied' "$TMPDIR/secret.txt"
fi

: >"$TMPDIR/empty.txt"
rejects empty "$TMPDIR/empty.txt"
printf ' \n\n\t\n' >"$TMPDIR/blank.txt"
rejects 'no text' "$TMPDIR/blank.txt"
printf 'Title:\nDate: 2025-11-19\n\n' >"$TMPDIR/header.txt"
rejects 'no text' "$TMPDIR/header.txt"
head -c 65536 "$(readlink -f "$TRACKER")" >"$TMPDIR/program"
rejects 'a binary file' "$TMPDIR/program"
gzip -c "$good" >"$TMPDIR/good.txt.gz"
rejects 'gunzip' "$TMPDIR/good.txt.gz"
iconv -f UTF-8 -t UTF-32 "$good" >"$TMPDIR/utf32.txt"
rejects 'iconv' "$TMPDIR/utf32.txt"
rejects 'no article' fixtures/pages/front-page.html

# --quiet keeps the reasons in the output.
run 3 extract -q "$TMPDIR/empty.txt"
[ ! -s "$TMPDIR/err" ] || fail "--quiet speaks"
printed empty
