#!/bin/bash
# watch, against a real server of pages: what is new comes in once, what is not modified is not sent
# again, and neither a database that goes away nor broken rules nor a signal loses or doubles a thing.
set -eu
fail() {
    echo "$@" >&2
    tail -n 20 "$TMPDIR/err" >&2
    exit 1
}
"$TRACKER" init >/dev/null
site=$TMPDIR/site
mkdir "$site"
# Of the feed it knows an ETag alone, of pages the time.
cat >"$TMPDIR/server.py" <<'PY'
import functools, hashlib, http.server, io, sys

class Handler(http.server.SimpleHTTPRequestHandler):
    def send_head(self):
        if self.path != "/feed.xml":
            return super().send_head()
        body = open(self.directory + self.path, "rb").read()
        tag = '"%s"' % hashlib.md5(body).hexdigest()
        same = self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else 200)
        self.send_header("ETag", tag)
        if not same:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return None if same else io.BytesIO(body)

handler = functools.partial(Handler, directory=sys.argv[2])
http.server.ThreadingHTTPServer.allow_reuse_address = True
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), handler)
print("port", server.server_port, flush=True)
server.serve_forever()
PY
python3 "$TMPDIR/server.py" 0 "$site" >"$TMPDIR/http" 2>"$TMPDIR/requests" &
http=$!
watch=
trap 'kill $http $watch 2>/dev/null; wait 2>/dev/null' EXIT
# within SECONDS COMMAND...: until the command succeeds.
within() {
    local until=$((SECONDS + $1))
    shift
    until "$@" 2>/dev/null; do
        [ $SECONDS -lt $until ] || return 1
        sleep 0.3
    done
}
within 10 grep -q port "$TMPDIR/http" || fail "no server of pages"
address=http://127.0.0.1:$(sed -n 's/^port //p' "$TMPDIR/http")

# item NUMBER KILLED PLACE: a full text; link NUMBER: an item that only links to a page.
item() {
    printf '<item><guid isPermaLink="false">i%s</guid><title>Strike on %s</title>' "$1" "$3"
    printf '<pubDate>Wed, 19 Nov 2025 0%s:00:00 +0000</pubDate>' "$1"
    printf '<description>Shelling killed %s people in %s on 19 November 2025. %s</description></item>\n' \
        "$2" "$3" "$(printf 'Nothing more was known by the evening. %.0s' {1..20})"
}
link() {
    printf '<item><title>Linked</title><link>%s/page%s.html</link>' "$address" "$1"
    printf '<pubDate>Tue, 18 Nov 2025 11:00:00 +0200</pubDate></item>\n'
}
feed() { # of what stands on standard input
    { echo '<rss version="2.0"><channel><title>Harbour Post</title>'; cat; echo '</channel></rss>'; } \
        >"$site/feed.new"
    mv "$site/feed.new" "$site/feed.xml"
}
page() {
    printf '<html><head><title>%s</title></head>
<body><article><h1>Attack on %s</h1><p>A drone attack killed %s people in %s on 18 November 2025, the mayor said.</p>
<p>%s</p></article></body></html>' "$3" "$3" "$2" "$3" \
        "$(printf 'Rescue workers went on with their search. %.0s' {1..10})" >"$site/page$1.html"
}
sql() { psql -XAtqc "$1"; }
killed() { [ "$(sql "SELECT killed_best FROM strikes.incidents WHERE place = '$1'")" = "$2" ]; }
rows() { sql "SELECT (SELECT count(*) FROM tracker.report_edition) + (SELECT count(*) FROM tracker.claim)
    + (SELECT count(*) FROM tracker.incident_revision), (SELECT count(*) FROM tracker.report)"; }
once() {
    local want=$1 got=0
    "$TRACKER" watch --once --config "$TMPDIR/tracker.yml" >"$TMPDIR/out" 2>"$TMPDIR/err" || got=$?
    [ $got = "$want" ] || fail "watch --once: exit $got instead of $want"
}

cp -R rules "$TMPDIR/rules"
cat >"$TMPDIR/tracker.yml" <<YAML
rules: $TMPDIR/rules
allow-host: [127.0.0.1]
every: 1 s
settle-after: 1 s
metrics-file: $TMPDIR/watch.prom
report-dir: $TMPDIR/reports
feeds:
  - url: $address/feed.xml
    outlet: Post of the Harbour
YAML
page 1 4 Kharkiv
{ item 1 3 Kherson; link 1; } | feed

# One round, and another: the second is told that nothing is new, and asks for no page.
once 0
killed Kherson 3 || fail "the item of the feed is not stored: $(cat "$TMPDIR/out")"
killed Kharkiv 4 || fail "the page behind the link is not stored: $(cat "$TMPDIR/out")"
[ "$(sql "SELECT count(*) FROM tracker.report WHERE outlet = 'Post of the Harbour'")" = 2 ] ||
    fail "the settings' outlet is not used"
[ "$(sql "SELECT published_at AT TIME ZONE 'UTC' FROM tracker.report WHERE url LIKE '%page1%'")" = '2025-11-18 09:00:00' ] ||
    fail "the feed's date does not stand in for the page's"
before=$(rows)
once 0
grep -q ', 0 rows changed$' "$TMPDIR/out" || fail "a second round: $(cat "$TMPDIR/out")"
[ "$(rows)" = "$before" ] || fail "a second round changed rows"
grep -q '"GET /feed.xml HTTP/1.1" 304' "$TMPDIR/requests" || fail "no conditional request"
[ "$(grep -c 'GET /page1.html' "$TMPDIR/requests")" = 1 ] || fail "the page was fetched twice"
[ "$(sql 'SELECT polls, not_modified, reports FROM strikes.watch_state')" = '1|1|0' ] || fail "wrong counters"
grep -qx 'tracker_not_modified_total 1' "$TMPDIR/watch.prom" || fail "wrong metrics"
python3 - "$TMPDIR/watch.prom" <<'PY' || fail "the metrics are no Prometheus text"
import re, sys
for line in open(sys.argv[1]):
    assert re.fullmatch(r'# (HELP|TYPE) tracker_\w+ .+|tracker_\w+(\{url="[^"]*"\})? \d+', line.rstrip("\n")), line
PY
ls "$TMPDIR"/reports/*..*.html "$TMPDIR/reports/index.html" "$TMPDIR/reports/changes.atom" >/dev/null ||
    fail "no situation report"

# After days away the reports of the last week are made up for, and of the week that ended in it, once.
rm "$TMPDIR"/reports/*
psql -Xqc "UPDATE tracker.watch_state SET reported_day = current_date - 20"
once 0
for back in 1 2 3 4 5 6 7; do
    day=$(date -u -d "$back days ago" +%F)
    [ -s "$TMPDIR/reports/$day..$day.html" ] || fail "no report of $day"
    [ "$(date -u -d "$day" +%u)" != 7 ] ||
        [ -s "$TMPDIR/reports/$(date -u -d "$day 6 days ago" +%F)..$day.html" ] || fail "no report of the week to $day"
done
[ "$(ls "$TMPDIR"/reports/*..*.html | wc -l)" = 8 ] || fail "not eight reports: $(ls "$TMPDIR/reports")"
[ "$(sql 'SELECT reported_day = current_date - 1 FROM strikes.watch_state')" = t ] || fail "the day is not kept"
rm "$TMPDIR"/reports/*
once 0
[ -z "$(ls "$TMPDIR/reports")" ] || fail "a report is written twice: $(ls "$TMPDIR/reports")"

# A page is asked for again when its time comes: not modified, then edited, then gone.
again() { psql -Xqc "UPDATE tracker.feed_page SET next_at = now() - interval '1 s'"; }
again
once 0
grep -q '"GET /page1.html HTTP/1.1" 304' "$TMPDIR/requests" || fail "no conditional request for the page"
grep -q ', 0 rows changed$' "$TMPDIR/out" || fail "a page that is as it was: $(cat "$TMPDIR/out")"
page 1 9 Kharkiv
again
once 0
killed Kharkiv 9 || fail "the edited page is not read again"
mv "$site/page1.html" "$TMPDIR"
again
once 3
killed Kharkiv 9 || fail "a page that is gone takes its report along"
[ "$(sql "SELECT failures, last_error, next_at > now() FROM tracker.feed_page")" = '1|answered 404|t' ] ||
    fail "the page that is gone is not kept for later"
# It is back.
mv "$TMPDIR/page1.html" "$site"
again
once 0
[ "$(sql "SELECT failures, last_error IS NULL FROM tracker.feed_page")" = '0|t' ] || fail "a page that is back"

# A feed that is gone is a failure of its own, told, and asked again later.
printf '  - url: %s/gone.xml\n' "$address" >>"$TMPDIR/tracker.yml"
once 3
grep -q 'gone.xml: answered 404' "$TMPDIR/err" || fail "the failure is not told"
[ "$(sql "SELECT failures, last_error FROM tracker.feed WHERE url LIKE '%gone%'")" = '1|answered 404' ] ||
    fail "the failure is not kept"
sed -i '$d' "$TMPDIR/tracker.yml"

# Day and night. A new item comes in, an edited one replaces its older edition.
"$TRACKER" watch --config "$TMPDIR/tracker.yml" >"$TMPDIR/out" 2>"$TMPDIR/err" &
watch=$!
{ item 1 5 Kherson; link 1; item 2 2 Sumy; } | feed
within 30 killed Sumy 2 || fail "a new item does not come in"
within 30 killed Kherson 5 || fail "an edited item does not come in"

# The database goes away and comes back; what was published meanwhile is there, once.
deploy/private-db.sh stop build/test-pg >/dev/null 2>&1
{ item 1 5 Kherson; link 1; item 2 2 Sumy; item 3 6 Dnipro; } | feed
sleep 3
kill -0 $watch || fail "it died with the database"
VOLATILE=1 deploy/private-db.sh start build/test-pg >/dev/null 2>&1
within 60 killed Dnipro 6 || fail "what came while the database was away is lost"
[ "$(sql 'SELECT count(*) FROM tracker.report')" = 4 ] || fail "reports are doubled"

# The pages go away and come back.
kill $http
wait $http || true
within 30 grep -q 'feed.xml: ' "$TMPDIR/err" || fail "the silence is not told"
{ item 1 5 Kherson; item 2 2 Sumy; item 3 6 Dnipro; item 4 7 Odesa; } | feed
python3 "$TMPDIR/server.py" "${address##*:}" "$site" >/dev/null 2>>"$TMPDIR/requests" &
http=$!
within 90 killed Odesa 7 || fail "it does not come back to a feed that was away"

# Broken rules are refused as a whole; good ones are taken, with the settings.
printf 'format: strike-rules/1\nlanguage: en\nrules:\n  - rule: x\n    match: <kiled> were killed\n' \
    >"$TMPDIR/rules/en/zz.yml"
kill -HUP $watch
within 60 grep -q 'are kept' "$TMPDIR/err" || fail "broken rules are not refused"
grep -q 'zz.yml:5:' "$TMPDIR/err" || fail "it does not tell what is wrong with the rules"
{ item 4 7 Odesa; item 5 8 Poltava; } | feed
within 60 killed Poltava 8 || fail "it does not go on with the old rules"
rm "$TMPDIR/rules/en/zz.yml"
kill -HUP $watch
within 90 grep -q 'were read anew' "$TMPDIR/err" || fail "good rules are not taken"
reloaded() { [ "$(sql 'SELECT reloads, reload_failures FROM strikes.watch_state')" = '1|1' ]; }
within 30 reloaded || fail "reloads are not counted"

# Killed without notice, it is as if it had not been.
before=$(rows)
kill -KILL $watch
wait $watch 2>/dev/null || true
"$TRACKER" watch --config "$TMPDIR/tracker.yml" >"$TMPDIR/out" 2>"$TMPDIR/err" &
watch=$!
again
alive() { [ "$(sql 'SELECT polls > 2 FROM strikes.watch_state')" = t ]; }
within 30 alive || fail "it does not start again"
[ "$(rows)" = "$before" ] || fail "a kill changes rows: $before, then $(rows)"

kill -TERM $watch
rc=0
wait $watch || rc=$?
watch=
[ $rc = 0 ] || fail "SIGTERM: exit $rc"

# What comes in waits until it is quiet; one round by itself settles at once.
{ item 4 7 Odesa; item 5 8 Poltava; item 6 9 Lviv; } | feed
"$TRACKER" watch --config "$TMPDIR/tracker.yml" --settle-after '1 hour' >"$TMPDIR/out" 2>"$TMPDIR/err" &
watch=$!
stored() { [ "$(sql "SELECT count(*) FROM tracker.report WHERE title = 'Strike on Lviv'")" = 1 ]; }
within 30 stored || fail "it does not come in"
sleep 2
! killed Lviv 9 || fail "it is settled before it is quiet"
kill -TERM $watch
wait $watch || fail "SIGTERM: exit $?"
watch=
once 0
killed Lviv 9 || fail "one round does not settle"

# Silence is told.
psql -Xqc "UPDATE tracker.feed SET failures = 3, last_error = 'answered 500'"
"$TRACKER" doctor --config "$TMPDIR/tracker.yml" >"$TMPDIR/out" 2>&1 || fail "doctor: $(cat "$TMPDIR/out")"
grep -q "SILENT.*feed.xml: failed 3 times in a row, last answer before [0-9]* seconds*: answered 500" "$TMPDIR/out" ||
    fail "doctor does not tell of the failures: $(cat "$TMPDIR/out")"
grep -q 'watch  *last heartbeat [0-9]* seconds* ago' "$TMPDIR/out" || fail "doctor tells of no heartbeat"
psql -Xqc "UPDATE tracker.feed SET failures = 0, last_new_at = now() - interval '10 days', usual_gap = 3600"
"$TRACKER" doctor --config "$TMPDIR/tracker.yml" >"$TMPDIR/out" 2>&1 || fail "doctor: $(cat "$TMPDIR/out")"
grep -q "SILENT.*feed.xml: nothing new for 10 days, usually every 1 hour" "$TMPDIR/out" ||
    fail "doctor does not tell of the silence: $(cat "$TMPDIR/out")"
