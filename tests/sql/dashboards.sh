#!/bin/bash
# Every query of the Grafana dashboards, as the reader role, with time and variables filled in as
# Grafana does it; and the fields that Grafana needs of the files.
set -eu
"$TRACKER" init >/dev/null
"$TRACKER" ingest -q fixtures/reports >/dev/null
# Two bodies that differ about one night.
printf '%s\n' '{"id":"a","outlet":"Police Post","published":"2025-10-05T08:00Z","text":"A missile strike on Sumy killed 7 people on 4 October, police said."}' \
    '{"id":"b","outlet":"Rescue Post","published":"2025-10-05T08:30Z","text":"A missile strike on Sumy killed 9 people on 4 October, the State Emergency Service said."}' \
    >"$TMPDIR/two.jsonl"
"$TRACKER" ingest -q "$TMPDIR/two.jsonl" >/dev/null
incident=$(psql -XAtqc "SELECT incident_id FROM strikes.incidents WHERE place = 'Ternopil' AND n_reports > 1")
from=2010-01-01T00:00:00Z to=2027-12-31T00:00:00Z
mkdir "$TMPDIR/queries"
python3 - "$TMPDIR/queries" "$incident" "$from" "$to" <<'END'
import json, re, sys
folder, incident, start, end = sys.argv[1:]

def filled(sql):
    sql = sql.replace("$__timeFrom()", f"'{start}'").replace("$__timeTo()", f"'{end}'")
    sql = sql.replace("${country:sqlstring}", "'UA','NG'").replace("${incident:raw}", incident)
    assert "$" not in sql, sql
    return sql

uids = set()
for name in ("overview", "incident"):
    d = json.load(open(f"deploy/grafana/dashboards/{name}.json", encoding="utf-8"))
    assert d["uid"] and d["title"] and d["schemaVersion"] >= 36 and d["time"]["from"] and "id" not in d
    uids.add(d["uid"])
    for v in d["templating"]["list"]:
        assert v["type"] == "query" and v["datasource"]["uid"] == "strikes" and v["refresh"] in (1, 2)
        open(f"{folder}/{name}-variable-{v['name']}.sql", "w").write(filled(v["query"]))
    taken, ids = set(), set()
    for p in d["panels"]:
        assert {"id", "type", "title", "description", "gridPos", "targets", "fieldConfig", "options"} <= set(p), p["title"]
        assert p["id"] not in ids
        ids.add(p["id"])
        g = p["gridPos"]
        cells = {(x, y) for x in range(g["x"], g["x"] + g["w"]) for y in range(g["y"], g["y"] + g["h"])}
        assert g["x"] + g["w"] <= 24 and not cells & taken, ("panels overlap", p["title"])
        taken |= cells
        (t,) = p["targets"]
        assert t["datasource"]["uid"] == p["datasource"]["uid"] == "strikes" and t["rawQuery"] is True and t["refId"]
        assert t["format"] == ("time_series" if p["type"] == "timeseries" else "table")
        kind = "series" if t["format"] == "time_series" else "table"
        open(f"{folder}/{name}-{p['id']:02}-{kind}.sql", "w").write(filled(t["rawSql"]))
        links = re.findall(r"/d/([a-z-]+)\?var-([a-z]+)=", json.dumps(p))
        assert all(l == ("strike-incident", "incident") for l in links)
        if links: assert "incident_id" in t["rawSql"]
assert uids == {"strike-overview", "strike-incident"}
END
psql -Xqc "DROP ROLE IF EXISTS dashboard_reader" -c "CREATE ROLE dashboard_reader LOGIN IN ROLE tracker_reader" 2>/dev/null
for file in "$TMPDIR"/queries/*.sql; do
    PGUSER=dashboard_reader psql -XAq -v ON_ERROR_STOP=1 -F $'\t' -P footer=off -f "$file" >"$TMPDIR/rows" 2>"$TMPDIR/err" ||
        { echo "${file##*/}: $(cat "$TMPDIR/err")"; exit 1; }
    # Each shows something of the fixtures; sites are of another incident's dashboard.
    case $file in *incident-07-*) continue ;; esac
    [ "$(wc -l <"$TMPDIR/rows")" -ge 2 ] || { echo "${file##*/}: no row"; exit 1; }
    case $file in
    *-series.sql)
        [ "$(head -n 1 "$TMPDIR/rows" | cut -f 1)" = time ] || { echo "${file##*/}: no time column"; exit 1; }
        cut -f 1 "$TMPDIR/rows" | tail -n +2 | LC_ALL=C sort -c || { echo "${file##*/}: not by time"; exit 1; }
        ;;
    esac
done
# The reader reads published views only, and writes nothing.
for sql in "SELECT * FROM tracker.report" "DELETE FROM strikes.claims" "CREATE TABLE strikes.x (a int)"; do
    PGUSER=dashboard_reader psql -Xqc "$sql" >/dev/null 2>"$TMPDIR/err" && { echo "the reader may: $sql"; exit 1; }
    grep -q "permission denied\|cannot delete" "$TMPDIR/err"
done
# What the panels say is what the views say.
[ "$(psql -XAtq -F ' ' -f "$TMPDIR/queries/overview-01-table.sql" | cut -d ' ' -f 1,3)" = "$(psql -XAtq -F ' ' -c "
    SELECT count(*), sum(killed_best) FROM strikes.incidents WHERE in_totals AND local_date >= '2010-01-01'
    AND country IN ('UA', 'NG')")" ]
psql -Xqc "DROP ROLE dashboard_reader"
