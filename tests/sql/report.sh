#!/bin/bash
# The situation report: its numbers against the views, its page as a document, the same bytes again
# whatever comes later, and what --publish puts into a folder.
set -eu
"$TRACKER" init >/dev/null
# Before anything is stored there is no day to count from, but named days can be asked for.
"$TRACKER" report 2>"$TMPDIR/err" && exit 1
grep -q "no report with a date is stored" "$TMPDIR/err"
"$TRACKER" report --period 2025-11-01..2025-11-30 | grep -q "No incident of these days is known"

"$TRACKER" ingest -q fixtures/reports >/dev/null
cat >"$TMPDIR/evil.jsonl" <<'END'
{"id": "evil", "published": "2025-11-20", "outlet": "<script>alert(1)</script>", "url": "javascript:alert(2)", "text": "Shelling killed 3 people in the town of Zolochiv on 19 November, the \"<img src=x onerror=alert(3)>\" channel & others said."}
{"id": "evil2", "published": "2025-11-20", "outlet": "Quiet [x](javascript:alert(4)) | News", "url": "https://quiet.example/a?b=\"><b>", "text": "A drone strike wounded at least 4 people in Sumy on 18 November."}
END
"$TRACKER" ingest -q "$TMPDIR/evil.jsonl" >/dev/null
period=2025-11-10..2025-11-23
for format in txt md json html; do
    "$TRACKER" report --period $period --format $format >"$TMPDIR/report.$format"
done
as_of=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["as_of"])' "$TMPDIR/report.json")
[ "$as_of" = "$(psql -XAtqc "SELECT to_char(greatest(max(recorded_at), (SELECT max(last_changed_at) FROM tracker.incident))
    AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM tracker.report")" ]

psql -XAtq -F '|' -c "SELECT coalesce(sum(killed_best), 0), coalesce(sum(wounded_best), 0), count(*) FROM strikes.incidents
    WHERE in_totals AND local_date BETWEEN '2025-11-10' AND '2025-11-23'" >"$TMPDIR/sums"
psql -XAtq -c "SELECT incident_id FROM strikes.incidents WHERE local_date BETWEEN '2025-11-10' AND '2025-11-23'
    OR local_date IS NULL AND first_reported_at >= '2025-11-10' AND first_reported_at < '2025-11-24'
    ORDER BY local_date NULLS LAST, incident_id" >"$TMPDIR/ids"
cat >"$TMPDIR/check.py" <<'END'
import json, re, sys
from html.parser import HTMLParser
d = sys.argv[1]
report = json.load(open(f"{d}/report.json", encoding="utf-8"))
page = open(f"{d}/report.html", encoding="utf-8").read()
ids = open(f"{d}/ids").read().split()
killed, wounded, count = map(int, open(f"{d}/sums").read().split("|"))
sections = ["highlights", "key-figures", "waves", "regions", "parts", "revisions", "doubts", "gaps", "sources",
    "method", "incidents"]

# The JSON: every section, the sums of the view, every incident in order with its sentences.
assert report["format"] == "strike-report/1" and list(report["sections"]) == sections
rows = {r["measure"]: r["period"] for r in report["sections"]["key-figures"]["tables"][0]}
assert (rows["Killed"]["best"], rows["Wounded"]["best"], rows["Incidents"]) == (killed, wounded, count), rows
assert killed > 10
regions = report["sections"]["regions"]["tables"][0]
assert sum(r["killed"]["best"] for r in regions if r["killed"]) == killed
assert sum(r["incidents"] for r in regions) >= count
annex = report["sections"]["incidents"]["incidents"]
assert [i["incident_id"] for i in annex] == ids
assert all(f["sentence"] for i in annex for f in i["figures"] if f["rule"] == "latest-running-total")

# The page: a tree that closes, ids once, links that lead somewhere, the same rows.
void = {"meta", "link", "br", "img", "rect", "circle", "path", "line"}
class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack, self.ids, self.links, self.rows, self.tags, self.text, self.svg = [], [], [], 0, {}, [], []
    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        self.tags[tag] = self.tags.get(tag, 0) + 1
        if "id" in a: self.ids.append(a["id"])
        if tag == "a": self.links.append(a["href"])
        if tag == "tr": self.rows += 1
        if tag == "svg": self.svg.append(a)
        assert not any(k.startswith("on") for k in a), (tag, a)
        assert not {"src", "srcset", "data", "action"} & set(a), (tag, a)
        if tag not in void: self.stack.append(tag)
    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in void: self.stack.pop()
    def handle_endtag(self, tag):
        if tag in void: return
        assert self.stack.pop() == tag, tag
    def handle_data(self, data):
        self.text.append(data)
p = Page()
p.feed(page)
p.close()
assert p.stack == [] and len(set(p.ids)) == len(p.ids)
assert [i for i in p.ids if i in sections] == sections
assert [i[9:] for i in p.ids if i.startswith("incident-")] == ids
assert all(l[1:] in p.ids for l in p.links if l.startswith("#")), "a link leads nowhere"
assert all(re.match("#|https?://", l) for l in p.links), "a link that is no page"
assert any(l == 'https://quiet.example/a?b="><b>' for l in p.links), "an address is lost"
tables = sum(([len(t) for t in s.get("tables", [])] + [len(i["figures"]) for i in s.get("incidents", [])]
    for s in report["sections"].values()), [])
assert p.rows == sum(n + 1 for n in tables if n), (p.rows, tables)
text = "".join(p.text)
assert "<img src=x onerror=alert(3)>" in text and "<script>alert(1)</script>" in text
for tag in ("script", "img", "iframe", "link", "object", "b"): assert tag not in p.tags, tag
assert p.tags["main"] == p.tags["h1"] == p.tags["nav"] == 1 and p.tags["section"] == len(sections)
assert 'lang="en"' in page and "prefers-color-scheme:dark" in page and "@media print" in page
assert not re.search(r"url\(|@import", page)
charts = sum(len(s.get("charts", [])) for s in report["sections"].values())
assert len(p.svg) == charts >= 4 and all(s["role"] == "img" and len(s["aria-label"]) > 20 for s in p.svg)
assert "Natural Earth" in text and "<path class=\"land\" d=\"M" in page

# Markdown and text say the same, and no markup of a report is markup here.
md = open(f"{d}/report.md", encoding="utf-8").read()
assert "<script" not in md and "<img" not in md
assert r"Quiet \[x\](javascript:alert(4)) \| News" in md
txt = open(f"{d}/report.txt", encoding="utf-8").read()
for words in (md, txt):
    for title in ("Highlights", "Key figures", "Attacks by wave", "Method and caveats"): assert title in words
    assert f"{killed} killed and" in words.replace("\\", "")
END
python3 "$TMPDIR/check.py" "$TMPDIR"

# Region and country filter.
"$TRACKER" report --period $period --region Ternopil --format json | python3 -c '
import json, sys
r = json.load(sys.stdin)
assert {x["region"] for x in r["sections"]["regions"]["tables"][0]} == {"Ternopil"}'
"$TRACKER" report --period $period --country ZZ --format txt | grep -q "No incident of these days is known"

# A day counts from the newest report known then; a change of earlier days is a revision, and the
# report of the former moment stays what it was, byte for byte.
sleep 0.01
printf 'Outlet: Rescue Post\nDate: 2025-12-01T10:00Z\n\nThe State Emergency Service said on Monday that the death toll of the 19 November strike on Ternopil had risen to 38.\n' >"$TMPDIR/late.txt"
"$TRACKER" ingest -q "$TMPDIR/late.txt" >/dev/null
for format in txt md json html; do
    "$TRACKER" report --period $period --as-of "$as_of" --format $format | cmp - "$TMPDIR/report.$format"
done
"$TRACKER" decide reject --report evil2 --who tester --why "made up" >/dev/null
"$TRACKER" report --period $period --as-of "$as_of" --format html | cmp - "$TMPDIR/report.html"
"$TRACKER" report --period week --format json | python3 -c '
import json, sys
r = json.load(sys.stdin)
assert (r["from"], r["to"]) == ("2025-11-25", "2025-12-01"), r["from"]
(revision,) = [x for x in r["sections"]["revisions"]["tables"][0] if x["field"] == "killed" and x["place"] == "Ternopil"]
assert revision["new"]["best"] == 38 and "risen to 38" in revision["sentence"] and revision["date"] == "2025-11-19"'

# What the reports up to a time say: the toll as it was told then, whatever we know now.
"$TRACKER" report --period 2025-11-19..2025-11-19 --as-of-reports 2025-11-20T10:00:00Z --format json >"$TMPDIR/then.json"
"$TRACKER" incidents --as-of-reports 2025-11-20T10:00:00Z --place Ternopil --json >"$TMPDIR/then.jsonl"
python3 - "$TMPDIR" <<'END'
import json, sys
r = json.load(open(sys.argv[1] + "/then.json"))
(listed,) = [json.loads(l) for l in open(sys.argv[1] + "/then.jsonl")]
(ternopil,) = [i for i in r["sections"]["incidents"]["incidents"] if "Ternopil" in i["heading"]]
(killed,) = [f for f in ternopil["figures"] if f["field"] == "killed"]
assert killed["value"] == listed["killed"] and killed["value"]["best"] == 26 and "26" in killed["sentence"], killed
assert killed["who"] and killed["outlet"] and killed["published"] == "2025-11-20" and killed["url"]
assert r["reports_as_of"].startswith("2025-11-20T10:00") and ternopil["incident_id"] == listed["incident_id"]
assert "Deadliest: Ternopil" in r["sections"]["highlights"]["lists"][0][1]
END
"$TRACKER" report --as-of 2025-11-20 --as-of-reports 2025-11-20 2>"$TMPDIR/err" && exit 1
grep -q "give one" "$TMPDIR/err"

# --publish: the period in three formats, an index over what is there, a feed.
"$TRACKER" report --period 2025-11-19..2025-11-19 --publish "$TMPDIR/site"
"$TRACKER" report --period 2025-11-17..2025-11-23 --publish "$TMPDIR/site"
(cd "$TMPDIR/site" && ls) >"$TMPDIR/names"
diff - "$TMPDIR/names" <<'END'
2025-11-17..2025-11-23.html
2025-11-17..2025-11-23.json
2025-11-17..2025-11-23.md
2025-11-19..2025-11-19.html
2025-11-19..2025-11-19.json
2025-11-19..2025-11-19.md
changes.atom
index.html
END
[ "$(grep -o 'href="[0-9.-]*html"' "$TMPDIR/site/index.html" | head -1)" = 'href="2025-11-17..2025-11-23.html"' ]
python3 - "$TMPDIR/site/changes.atom" <<'END'
import sys, xml.etree.ElementTree as ET
a = "{http://www.w3.org/2005/Atom}"
feed = ET.parse(sys.argv[1]).getroot()
assert feed.tag == a + "feed" and feed.find(a + "id") is not None and feed.find(a + "author/" + a + "name") is not None
entries = feed.findall(a + "entry")
ids = [e.find(a + "id").text for e in entries]
assert len(set(ids)) == len(ids) > 20
times = [e.find(a + "updated").text for e in entries]
assert times == sorted(times, reverse=True) and feed.find(a + "updated").text >= times[0]
words = {e.find(a + "category").get("term"): e for e in reversed(entries)}
assert {"new", "stated", "raised", "withdrawn"} <= set(words), words.keys()
raised = [e for e in entries if e.find(a + "category").get("term") == "raised"
    and "Ternopil" in e.find(a + "title").text and "killed" in e.find(a + "title").text]
assert raised and "to 38" in raised[0].find(a + "title").text and "risen to 38" in raised[0].find(a + "content").text
END
"$TRACKER" report --period nonsense 2>"$TMPDIR/err" && exit 1
grep -q "expected day, week, month or FROM..TO" "$TMPDIR/err"
