#!/bin/bash
# A line of 200 MB is rejected in seconds; the reports around it are read.
set -eu
. tests/cli/expect.bash
good='{"id": "%s", "text": "Three people were killed in Kherson."}\n'
letters() { head -c 200000000 /dev/zero | tr '\0' a; }

{
    # shellcheck disable=SC2059
    printf "$good" first
    printf '{"id": "long", "text": "'
    letters
    # shellcheck disable=SC2059
    printf "\"}\n$good" last
} >"$TMPDIR/long.jsonl"
LIMIT=60 run 3 extract "$TMPDIR/long.jsonl"
reports 3
holds '[x.get("error") is None for x in r] == [True, False, True] and "limit" in r[1]["error"]'
holds 'r[2]["id"] == "last" and r[2]["events"][0]["killed"]["best"] == 3'
said long.jsonl:2
rm "$TMPDIR/long.jsonl"

{
    letters
    printf '\n\f\nThree people were killed in Kherson.\n'
} >"$TMPDIR/long.txt"
LIMIT=60 run 3 extract "$TMPDIR/long.txt"
reports 2
holds '"limit" in r[0]["error"] and r[1]["events"][0]["killed"]["best"] == 3'
