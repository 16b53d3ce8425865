#!/bin/bash
# Part of `make bench`: a situation report of a month with some 2,000 incidents, each format, and every
# query of the dashboards on the database of views.sh (a million claims). Called with PG* set.
#
#   products.sh month         makes a database of its own
#   products.sh dashboards    on the one PGDATABASE names
set -eu
TRACKER=${TRACKER-build/tracker}
took() { awk "BEGIN { printf \"%10.1f ms\", (${EPOCHREALTIME/./} - $1) / 1000 }"; }

month() {
    local name=bench_month_$$ reports=${REPORTS-3600} top start
    top=$(mktemp -d)
    PGDATABASE=postgres psql -Xqc "CREATE DATABASE $name"
    trap "rm -rf '$top'; PGDATABASE=postgres psql -Xqc 'DROP DATABASE IF EXISTS $name WITH (FORCE)'" EXIT
    export PGDATABASE=$name
    "$TRACKER" init >/dev/null
    # As many strikes on as many towns and days, told with a toll each.
    python3 - "$reports" rules/places/places.tsv.gz >"$top/month.jsonl" <<'END'
import gzip, json, sys
n = int(sys.argv[1])
towns = []
for line in gzip.open(sys.argv[2], "rt", encoding="utf-8"):
    f = line.rstrip("\n").split("\t")
    if len(f) > 14 and f[8] == "UA" and f[14].isdigit() and int(f[14]) > 3000 and f[1].isascii() and f[1].isalpha():
        towns.append(f[1])
towns = sorted(set(towns))
for i in range(n):
    day = i % 30 + 1
    town = towns[i * 7 % len(towns)]
    text = (f"Russian shelling of the town of {town} in Ukraine killed {i % 9 + 1} people and wounded {i % 23 + 2} "
        f"on {day} November, the regional governor said.")
    print(json.dumps({"id": f"m{i}", "outlet": f"Outlet {i % 40}", "published": f"2025-11-{day:02}T20:00:00Z", "text": text}))
END
    "$TRACKER" ingest -q "$top/month.jsonl" >/dev/null
    printf '\nsituation report of a month, %s incidents\n' "$(psql -XAtqc 'SELECT count(*) FROM strikes.incidents')"
    for format in html md txt json; do
        start=${EPOCHREALTIME/./}
        "$TRACKER" report --period 2025-11-01..2025-11-30 --format $format >"$top/page"
        printf '  %-5s %s %9.0f kB\n' $format "$(took "$start")" "$(awk "BEGIN { print $(wc -c <"$top/page") / 1000 }")"
    done
}

# Macros and variables as Grafana fills them in: a month of the stream, one incident.
dashboards() {
    local top id slow=0 ms
    top=$(mktemp -d)
    id=$(psql -XAtqc "SELECT incident_id FROM tracker.incident WHERE place_name = 'Place 77' ORDER BY 1 LIMIT 1")
    python3 - "$top" "$id" <<'END'
import json, sys
for name in ("overview", "incident"):
    for p in json.load(open(f"deploy/grafana/dashboards/{name}.json", encoding="utf-8"))["panels"]:
        sql = p["targets"][0]["rawSql"].replace("$__timeFrom()", "'2024-05-01T00:00:00Z'")
        sql = sql.replace("$__timeTo()", "'2024-05-31T00:00:00Z'")
        sql = sql.replace("${country:sqlstring}", "'UA'").replace("${incident:raw}", sys.argv[2])
        open(f"{sys.argv[1]}/{name} {p['id']:02}: {p['title']}", "w").write(sql)
END
    printf '\ndashboard panels, a month of %s claims\n' "$(psql -XAtqc 'SELECT count(*) FROM tracker.claim')"
    for file in "$top"/*; do
        ms=$(for _ in 1 2 3; do
            psql -XAtq -c '\timing on' -c "SELECT count(q) FROM ($(cat "$file")) q" | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p'
        done | sort -g | head -n 1)
        ! awk "BEGIN { exit !($ms > 100) }" || slow=$((slow + 1))
        printf '  %-52s %10.1f ms%s\n' "${file##*/}" "$ms" "$(awk "BEGIN { if ($ms > 100) print \"   more than 100 ms\" }")"
    done
    rm -rf "$top"
    printf '  %s of the panels take more than 100 ms\n' "$slow"
}
"$1"
