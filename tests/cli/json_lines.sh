#!/bin/bash
# A broken line in the middle: exit 3, that line rejected where it stands, the others extracted.
set -eu
. tests/cli/expect.bash

cat >"$TMPDIR/in.jsonl" <<'END'
{"id": "a", "text": "Two people were killed in Kherson on Monday.", "published": "2025-11-19", "odd": [1, {"x": null}]}
{"id": "b", "text": "Three people were killed

{"id": 7, "title": "Four killed in Odesa", "text": "Four people were killed in Odesa on Monday.", "published": "2025-11-19"}
[1, 2]
{"id": "e", "text": 5}
{"id": "f", "url": "https://news.example/f", "text": "Five people were killed in Sumy on Monday."}
END
run 3 extract "$TMPDIR/in.jsonl"
reports 6
holds '[x["id"] for x in r if x["events"]] == ["a", "7", "f"]'
holds '[x["events"][0]["killed"]["best"] for x in r if x["events"]] == [2, 4, 5]'
holds '["error" in x for x in r] == [False, True, False, True, True, False]'
holds 'all(x["events"] == [] for x in r if "error" in x)'
said in.jsonl:2:
said in.jsonl:5:
said in.jsonl:6
holds '"in.jsonl:2:" in r[1]["error"] and "text" in r[4]["error"]'

# One line without an end, and one whose nesting is a bomb.
printf '{"id": "x", "text": "One person was killed in Sumy."}' >"$TMPDIR/open.jsonl"
run 0 extract "$TMPDIR/open.jsonl"
reports 1
{
    printf '{"a": '
    head -c 1000000 /dev/zero | tr '\0' '['
    printf '\n{"id": "x", "text": "One person was killed in Sumy."}\n'
} >"$TMPDIR/deep.jsonl"
LIMIT=30 run 3 extract "$TMPDIR/deep.jsonl"
reports 2
holds 'r[1]["events"][0]["killed"]["best"] == 1'
