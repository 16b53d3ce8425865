#!/bin/bash
# Addresses of the web as operands: pages, text, a feed with the pages behind its items; what is not to
# be had is a rejected report, and no machine of this network is asked unless it is named.
set -eu
. tests/cli/expect.bash

mkdir "$TMPDIR/servers"
coproc servers { exec python3 tests/web/serve.py "$TMPDIR/servers"; }
read -r open trouble closed bad <&"${servers[0]}"
here=http://127.0.0.1:$open

LIMIT=30 run 3 extract "$here/page.html"
said 'not a machine of the public internet; --allow-host'
reports 1
LIMIT=30 run 3 extract --allow-host 127.0.0.1 "http://localhost:$open/page.html"
said 'not a machine of the public internet'
reports 1
[ ! -s "$TMPDIR/servers/access.log" ] || fail "a private machine was asked"

export TRACKER_ALLOW_HOST=example.invalid,127.0.0.1
run 0 extract "$here/page.html"
reports 1
holds 'r[0]["id"] == "'"$here"'/page.html"'
holds 'r[0]["events"][0]["killed"]["best"] == 3 and r[0]["events"][0]["wounded"]["best"] == 5'
holds 'r[0]["events"][0]["place"]["name"] == "Sumy"'

# Files and addresses in one run, in their order; each that fails costs itself.
run 3 extract --published 2025-03-18 "$here/gone.html" fixtures/feeds/feed.json "$here/note.txt" \
    "http://127.0.0.1:$trouble/page.html" "http://127.0.0.1:$closed/page.html" \
    "http://127.0.0.1:$bad/cut" "$here/odd.bin" http:// "$TMPDIR/http://x"
said 'the server answers 404'
said 'the server is to be left alone for'
said 'robots.txt forbids it'
said 'neither a page nor a feed'
said 'no address of the web'
holds 'r[0]["id"].endswith("/gone.html") and r[1]["id"] != r[0]["id"] and "error" not in r[1]'
holds 'sum("error" in x for x in r) == 7'
holds 'any(x["id"].endswith("/note.txt") and x["events"][0]["killed"]["best"] == 4 for x in r)'

# A feed: the page instead of the summary, once for two items; the summary of a page that is gone; an
# item without words whose page is forbidden.
run 3 extract "$here/feed.xml"
reports 3
holds 'r[0]["id"] == "'"$here"'/page.html" and r[0]["events"][0]["killed"]["best"] == 3'
holds 'r[1]["id"] == "'"$here"'/gone.html" and r[1]["events"][0]["killed"]["best"] == 2'
holds '"robots.txt forbids it" in r[2]["error"]'
said 'only the summary is read'
[ "$(grep -c 'GET /page.html' "$TMPDIR/servers/access.log")" = 2 ] || fail "the page was asked twice"

# A signal ends a wait for a server.
"$TRACKER" extract "http://127.0.0.1:$bad/silent" >"$TMPDIR/out" 2>"$TMPDIR/err" &
sleep 2
kill -INT $!
rc=0
wait $! || rc=$?
[ "$rc" = 130 ] || fail "exit $rc after SIGINT"
