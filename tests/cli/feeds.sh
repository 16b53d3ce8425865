#!/bin/bash
# Feeds, exports and lists of links from files: each item a report, what cannot be read named once.
set -eu
. tests/cli/expect.bash

run 0 extract fixtures/feeds/rss2.xml
reports 2
said '2 of 3 items have no more than a summary or a link'
[ "$(grep -c 'items have no more' "$TMPDIR/err")" = 1 ] || fail "said more than once"
holds 'r[0]["events"][0]["killed"]["best"] == 6 and r[0]["events"][0]["wounded"]["best"] == 24'
holds 'len(r[0]["events"]) == 1 and r[0]["events"][0]["when"]["local_date"] == "2025-03-18"'
holds 'r[1]["events"][0]["place"]["name"] == "Sumy"'

run 0 extract fixtures/feeds/rss1.rdf fixtures/feeds/atom.xml fixtures/feeds/feed.json
reports 5
holds '[x["events"][0]["killed"]["best"] for x in r] == [2, 3, 1, 4, 2]'
holds '[x["events"][0]["place"]["name"] for x in r][:2] == ["Mykolaiv", "Zaporizhzhia"]'

run 0 extract fixtures/feeds/telegram.json
reports 2
holds '[x["id"] for x in r] == ["telegram/1234567890/5170", "telegram/1234567890/5171"]'
holds 'r[0]["events"][0]["drones"]["best"] == 537 and r[0]["events"][0]["missiles"]["best"] == 45'
holds 'r[1]["events"][0]["killed"]["best"] == 1 and r[1]["events"][0]["wounded"]["best"] == 24'
[ ! -s "$TMPDIR/err" ] || fail "posts are no summaries"

run 0 extract fixtures/feeds/gkg.tsv
reports 1
holds 'r[0]["events"][0]["killed"]["best"] == 19'
run 3 extract fixtures/feeds/mentions.tsv
reports 1
said 'a list of 3 links'

# The same from standard input, in another encoding, and without line ends.
run 0 extract - <fixtures/feeds/telegram.json
reports 2
iconv -f UTF-8 -t UTF-16 fixtures/feeds/telegram.json >"$TMPDIR/t.json"
run 0 extract "$TMPDIR/t.json"
reports 2
holds 'r[0]["events"][0]["drones"]["best"] == 537'
tr -d '\n' <fixtures/feeds/telegram.json >"$TMPDIR/t.json"
run 0 extract "$TMPDIR/t.json"
reports 2

# A broken message costs itself; so does one that is too deep.
python3 - "$TMPDIR" <<'END'
import json, sys
export = json.load(open("fixtures/feeds/telegram.json"))
text = json.dumps(export, ensure_ascii=False, indent=1)
with open(sys.argv[1] + "/broken.json", "w") as out:
    out.write(text.replace('"id": 5170,', '"id": 5170'))
with open(sys.argv[1] + "/deep.json", "w") as out:
    out.write(text.replace('"id": 5170,', '"id": 5170, "x": ' + "[" * 100000 + "]" * 100000 + ","))
export["messages"] *= 20000
with open(sys.argv[1] + "/large.json", "w") as out:
    json.dump(export, out, ensure_ascii=False, indent=1)
# A feed of a megabyte that tells the billion laughs, one that ends in the middle.
with open(sys.argv[1] + "/laughs.xml", "w") as out:
    out.write("<!DOCTYPE rss [<!ENTITY a0 'ha'>")
    for i in range(1, 30):
        out.write("<!ENTITY a%d '%s'>" % (i, "&a%d;" % (i - 1) * 10))
    out.write("]><rss><channel><item><title>&a29;</title></item></channel></rss>")
feed = open("fixtures/feeds/rss2.xml").read()
with open(sys.argv[1] + "/cut.xml", "w") as out:
    out.write(feed[: feed.index("<title>Shelling")])
END
run 3 extract "$TMPDIR/broken.json"
reports 2
said broken.json:16:
holds '"error" in r[0] and r[1]["events"][0]["killed"]["best"] == 1'
run 3 extract "$TMPDIR/deep.json"
reports 2
holds '"error" in r[0] and r[1]["events"][0]["killed"]["best"] == 1'
LIMIT=20 run 3 extract fixtures/feeds/atom.xml "$TMPDIR/laughs.xml" fixtures/feeds/rss1.rdf
reports 4
said 'laughs.xml:1: the feed declares entities of its own'
run 3 extract "$TMPDIR/cut.xml"
reports 2
said cut.xml:
holds 'r[0]["events"][0]["killed"]["best"] == 6 and "broken XML" in r[1]["error"]'

# Tens of megabytes of posts, in the memory of a few (the sanitizers' own is another matter).
if ! grep -aq __asan_init "$TRACKER"; then
    (
        ulimit -v 1500000
        run 0 extract "$TMPDIR/large.json"
    )
    reports 40000
fi
