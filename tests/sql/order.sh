#!/bin/bash
# The order of arrival, the size of batches and the number of runs do not change the result; the same input again
# changes no row.
set -eu

# What is compared: incidents and figures as sets with the reports that tell of them, never ids.
result() {
    psql -XAtq <<'SQL'
SELECT i.scope, i.place, i.adm1, i.country, i.local_date, i.in_totals, i.grading, i.n_reports, i.n_independent,
       i.sources, f.field, f.part, f.low, f.best, f.high, f.state, f.in_totals, f.rule,
       array(SELECT r.report_ref FROM strikes.report_incidents r WHERE r.incident_id = i.incident_id ORDER BY 1)
FROM strikes.incidents i LEFT JOIN strikes.figures f USING (incident_id)
ORDER BY 1, 2, 3, 4, 5, 11, 12, 19, 6, 7, 8, 13, 14, 15;
SQL
}

fresh() {
    PGDATABASE=postgres psql -Xqc "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" 2>/dev/null
    export PGDATABASE=$1
    "$TRACKER" init >/dev/null
}

# One report a file, so that they can come in any order.
mkdir "$TMPDIR/reports"
cp fixtures/reports/*.txt "$TMPDIR/reports/"
split -l 1 fixtures/reports/agencies.jsonl "$TMPDIR/reports/agencies." --additional-suffix=.jsonl
cd "$TMPDIR/reports"

fresh order_all
"$TRACKER" ingest -q ./* >/dev/null
result >"$TMPDIR/all"
[ "$(wc -l <"$TMPDIR/all")" -gt 30 ]

again=$("$TRACKER" ingest -q ./*)
case $again in *", 0 rows changed") ;; *) echo "read again: $again"; exit 1 ;; esac

for seed in 1 2 3; do
    fresh "order_$seed"
    ls | shuf --random-source=<(yes "$seed") >"$TMPDIR/list"
    # A third of the files in a run of its own, the rest in batches of two.
    head -n 8 "$TMPDIR/list" | tr '\n' '\0' | xargs -0 "$TRACKER" ingest -q --batch 1 >/dev/null
    tail -n +9 "$TMPDIR/list" | tr '\n' '\0' | xargs -0 "$TRACKER" ingest -q --batch 2 >/dev/null
    result >"$TMPDIR/shuffled"
    diff "$TMPDIR/all" "$TMPDIR/shuffled" || { echo "seed $seed differs"; exit 1; }
    PGDATABASE=postgres psql -Xqc "DROP DATABASE order_$seed"
done
