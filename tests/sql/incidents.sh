#!/bin/bash
# tracker incidents: filters, the small bars of a toll, colours.
set -eu
"$TRACKER" init >/dev/null
"$TRACKER" ingest -q fixtures/cookbook >/dev/null

places() { "$TRACKER" incidents --json "$@" | python3 -c '
import json, sys
print(" ".join(sorted(json.loads(l)["place"] for l in sys.stdin)))'; }
expect() {
    local want=$1 got
    shift
    got=$(places "$@")
    [ "$got" = "$want" ] || { echo "incidents $*: '$got' instead of '$want'"; exit 1; }
}
expect "Kherson Nikopol Sumy Ternopil Ukraine Ukraine"
expect "Sumy" --conflict
expect "Sumy" --conflict --as-of-reports 2025-11-24
expect "" --conflict --as-of-reports 2025-11-22T20:15:00Z
expect "Sumy Ternopil" --min-killed 6
expect "Kherson Nikopol Ternopil Ukraine" --period 2025-11-17..2025-11-21
expect "Kherson Nikopol Sumy Ternopil Ukraine Ukraine" --period week
expect "Sumy Ukraine" --period 2025-11-22..2025-11-23
expect "Ternopil" --place ternop
expect "" --country PL
"$TRACKER" incidents --period day --from 2025-11-01 2>"$TMPDIR/err" && exit 1
grep -q "give one" "$TMPDIR/err"

# The toll of Ternopil grew 12, 26, 31.
"$TRACKER" incidents --place Ternopil >"$TMPDIR/plain"
grep -q "31  .*▁▆█  *Kyiv Chronicle" "$TMPDIR/plain"

# Colour on a terminal and when asked for, never in a pipe or where NO_COLOR is set.
escape=$(printf '\033')
! grep -q "$escape" "$TMPDIR/plain"
"$TRACKER" incidents --color always >"$TMPDIR/color"
grep -q "${escape}\[33m4-6-6${escape}\[0m" "$TMPDIR/color"
sed "s/$escape\[[0-9]*m//g" "$TMPDIR/color" | diff - <("$TRACKER" incidents)
terminal() { env -u NO_COLOR TERM=xterm "$@" script -qec "'$TRACKER' incidents $asked" /dev/null </dev/null; }
asked='' terminal env | grep -q "$escape\[1m"
! asked='' terminal env NO_COLOR=1 | grep -q "$escape"
! asked='--color never' terminal env | grep -q "$escape"
"$TRACKER" incidents --color sometimes 2>"$TMPDIR/err" && exit 1
grep -q "expected auto, always or never" "$TMPDIR/err"
