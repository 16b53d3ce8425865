#!/bin/bash
# Exports, re-read by readers that are not ours: Python's csv and json, PostgreSQL's COPY.
set -eu
"$TRACKER" init >/dev/null
"$TRACKER" ingest -q fixtures/reports >/dev/null
# A place and an outlet that a spreadsheet would run, quotes and line ends in the words.
cat >"$TMPDIR/evil.jsonl" <<'END'
{"id": "evil", "published": "2025-10-02", "outlet": "=HYPERLINK(\"http://bad.example\",\"click\")", "url": "javascript:alert(1)", "text": "Shelling killed 3 people in the town of Zolochiv, the \"quiet\" one, said the mayor."}
END
"$TRACKER" ingest -q "$TMPDIR/evil.jsonl" >/dev/null

"$TRACKER" export --format datapackage -o "$TMPDIR/package"
"$TRACKER" export >"$TMPDIR/all.csv"
cmp "$TMPDIR/all.csv" "$TMPDIR/package/incidents.csv"
"$TRACKER" export --format geojson -o "$TMPDIR/all.geojson"
cmp "$TMPDIR/all.geojson" "$TMPDIR/package/incidents.geojson"

psql -XAtq -F '|' -c "SELECT incident_id, coalesce(killed_best, -1), coalesce(drones_high, -1), coalesce(place, ''),
    coalesce(lat::text, ''), in_totals FROM strikes.incidents ORDER BY 1" >"$TMPDIR/truth"
python3 - "$TMPDIR" <<'END'
import csv, json, sys
d = sys.argv[1]
read = lambda name: list(csv.reader(open(f"{d}/package/{name}", newline="", encoding="utf-8"), strict=True))
truth = [l.rstrip("\n").split("|") for l in open(f"{d}/truth", encoding="utf-8")]

def same(kind, rows):
    rows = sorted(rows, key=lambda r: int(r["incident_id"]))
    assert len(rows) == len(truth) > 20, (kind, len(rows))
    for r, (id, killed, drones, place, lat, totals) in zip(rows, truth):
        got = (r["incident_id"], r["killed"], r["drones_high"], r["place"] or "", r["lat"], r["in_totals"])
        want = (id, int(killed), int(drones), place, float(lat) if lat else None, totals == "t")
        assert got == want, (kind, got, want)

number = lambda t: int(t) if t else -1
def rows(name):
    head, *body = read(name)
    return [dict(zip(head, b)) for b in body], body
table, body = rows("incidents.csv")
same("csv", [dict(r, killed=number(r["killed_best"]), drones_high=number(r["drones_high"]),
    lat=float(r["lat"]) if r["lat"] else None, in_totals=r["in_totals"] == "true") for r in table])
hxl = read("incidents.hxl.csv")
assert hxl[0] == read("incidents.csv")[0] and hxl[2:] == body
assert all(t.startswith("#") for t in hxl[1]) and len(set(hxl[1])) == len(hxl[1]), "hashtags"

def figure(r, field, end):
    return next((f[end] for f in r["figures"] if f["field"] == field and f["part"] is None), None)
def flat(r, lat):
    k, dr = figure(r, "killed", "best"), figure(r, "drones", "high")
    return dict(r, killed=-1 if k is None else k, drones_high=-1 if dr is None else dr, lat=lat)
lines = [json.loads(l) for l in open(f"{d}/package/incidents.jsonl", encoding="utf-8")]
same("jsonl", [flat(r, r["lat"]) for r in lines])
geo = json.load(open(f"{d}/package/incidents.geojson", encoding="utf-8"))
assert geo["type"] == "FeatureCollection"
for f in geo["features"]:
    assert f["type"] == "Feature" and isinstance(f["id"], str)
    g = f["geometry"]
    assert g is None or g["type"] == "Point" and -180 <= g["coordinates"][0] <= 180 and -90 <= g["coordinates"][1] <= 90
same("geojson", [flat(f["properties"], f["geometry"] and f["geometry"]["coordinates"][1]) for f in geo["features"]])

# No cell of any table begins as a formula does; the outlet is disarmed, not lost.
for name in ("incidents.csv", "figures.csv", "acled.csv", "ged.csv", "incidents.hxl.csv"):
    for row in read(name):
        for cell in row:
            assert not cell or cell[0] not in "=+@\t\r" and (cell[0] != "-" or float(cell) < 0), (name, cell)
figures, _ = rows("figures.csv")
evil = [f for f in figures if "HYPERLINK" in f["outlet"]]
assert evil and evil[0]["outlet"] == "'=HYPERLINK(\"http://bad.example\",\"click\")" and '"quiet"' in evil[0]["sentence"]

# ACLED's and GED's columns; nobody twice; GED has the fatal ones.
acled, _ = rows("acled.csv")
totals = {r["incident_id"]: r for r in table if r["in_totals"] == "true"}
assert {r["event_id_cnty"] for r in acled} == set(totals) and len(acled[0]) == 31
dead = sum(int(r["killed_best"] or r["killed_low"] or 0) for r in totals.values())
assert sum(int(r["fatalities"] or 0) for r in acled) == dead
ged, _ = rows("ged.csv")
assert len(ged[0]) == 49 and sum(int(r["best"]) for r in ged) == dead and all(int(r["best"]) > 0 for r in ged)
assert all(int(r["deaths_civilians"] or 0) + int(r["deaths_unknown"]) >= int(r["best"]) for r in ged)

# The package describes exactly the columns there are.
package = json.load(open(f"{d}/package/datapackage.json", encoding="utf-8"))
assert {r["path"] for r in package["resources"]} == {"incidents.csv", "figures.csv", "acled.csv", "ged.csv"}
for r in package["resources"]:
    assert [f["name"] for f in r["schema"]["fields"]] == read(r["path"])[0], r["path"]
    assert all(f["description"] for f in r["schema"]["fields"])
END

# PostgreSQL reads the CSV too, and sums the same.
columns=$(head -n 1 "$TMPDIR/package/figures.csv" | tr -d '\r' | sed 's/,/ text,/g') # its names, as text
psql -Xq -v ON_ERROR_STOP=1 -c "CREATE TEMP TABLE f ($columns text)" \
    -c "\\copy f FROM '$TMPDIR/package/figures.csv' CSV HEADER" \
    -c "SELECT 1 / (count(*) = (SELECT count(*) FROM strikes.figures))::int,
        1 / (sum(best::bigint) = (SELECT sum(best) FROM strikes.figures))::int FROM f" >/dev/null

# What we said at a moment stays what we said: later reports change no earlier export.
then=$(psql -XAtqc "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
sleep 0.01
printf 'Outlet: Late News\nDate: 2025-10-03\n\nShelling killed 8 people in the town of Zolochiv on 2 October, police said.\n' >"$TMPDIR/late.txt"
"$TRACKER" ingest -q "$TMPDIR/late.txt" >/dev/null
"$TRACKER" export --as-of "$then" | cmp - "$TMPDIR/all.csv"
! "$TRACKER" export | cmp -s - "$TMPDIR/all.csv"

# Filters.
[ "$("$TRACKER" export --country UA --period 2025-10-01..2025-10-03 --format jsonl | wc -l)" -ge 1 ]
[ "$("$TRACKER" export --country ZZ | wc -l)" = 1 ]
"$TRACKER" export --format nonsense >/dev/null 2>"$TMPDIR/err" && exit 1
grep -q -- "--format: expected csv|figures" "$TMPDIR/err"
"$TRACKER" export --format datapackage 2>"$TMPDIR/err" && exit 1
grep -q "name it with -o" "$TMPDIR/err"
