#!/bin/bash
# A manual page a verb, from the tables of the help: troff finds no fault, and no option is missing.
set -eu
. tests/cli/expect.bash

page() { # the text of a page as a reader sees it
    run 0 help --man "$@"
    groff -man -ww -Tutf8 -P-cbou "$TMPDIR/out" >"$TMPDIR/page" 2>"$TMPDIR/err" ||
        fail "groff refuses help --man $*"
    # Typographic hyphens and minus signs, by their bytes, whatever the locale.
    LC_ALL=C sed -i 's/\xe2\x80\x90/-/g; s/\xe2\x88\x92/-/g' "$TMPDIR/page"
    [ ! -s "$TMPDIR/err" ] || fail "groff warns about help --man $*"
}

page
verbs=$("$TRACKER" --help | sed -n 's/^    \([a-z]*\)  .*/\1/p')
for verb in $verbs; do
    grep -q "tracker-$verb(1)" "$TMPDIR/page" || fail "tracker(1) does not name tracker-$verb(1)"
done
for verb in $verbs; do
    page "$verb"
    grep -q "^ *tracker-$verb *-" "$TMPDIR/page" || fail "tracker-$verb(1) has no name line"
    for option in $("$TRACKER" "$verb" --help | grep -oE '^  (-.,|   ) --[a-z-]+' | grep -oE -- '--.*'); do
        grep -qF -- "$option" "$TMPDIR/page" ||
            fail "tracker-$verb(1) lacks $option"
    done
done
page ingest
grep -q TRACKER_BATCH "$TMPDIR/page" || fail "a setting's variable is not named"
run 129 help --man nonsense
said "unknown verb 'nonsense'"
