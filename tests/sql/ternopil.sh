#!/bin/bash
# A real rising toll (fixtures/ternopil, in our own words): whatever the order of the reports, one
# incident below one wave; the toll only rises, a part of it ("19 burned alive") is never the
# total, the whole night's drones and missiles are the wave's.
set -eu
fail() { echo "seed $seed: $*" >&2; exit 1; }

fresh() {
    PGDATABASE=postgres psql -Xqc "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" 2>/dev/null
    export PGDATABASE=$1
    "$TRACKER" init >/dev/null
}

# holds EXPECTED QUERY
holds() {
    local got
    got=$(psql -XAtqc "$2")
    [ "$got" = "$1" ] || fail "expected '$1', got '$got': $2"
}

for seed in 1 2 3; do
    fresh "ternopil_$seed"
    shuf --random-source=<(yes "$seed") fixtures/ternopil/reports.jsonl >"$TMPDIR/reports.jsonl"
    "$TRACKER" ingest -q --batch $((seed * 3)) "$TMPDIR/reports.jsonl" >/dev/null
    holds 'country Ukraine 476 48 3,site Ternopil 38 13' \
        "SELECT string_agg(concat_ws(' ', scope, place, killed_best, drones_best, missiles_best,
             n_reports), ',' ORDER BY scope) FROM strikes.incidents"
    holds '2025-11-19' "SELECT local_date FROM strikes.incidents WHERE scope = 'site'"
    # Along the reports: each best that follows another.
    holds '10 12 16 19 25 26 28 34 35 38' \
        "SELECT string_agg(best::text, ' ' ORDER BY said_at) FROM (
             SELECT t.said_at, t.best, lag(t.best) OVER (ORDER BY t.said_at) AS before
             FROM strikes.toll_series t JOIN strikes.incidents i USING (incident_id)
             WHERE i.scope = 'site' AND t.field = 'killed' AND coalesce(t.part, '') = '') s
         WHERE best IS DISTINCT FROM before"
    # "More than 470" is agreement, not conflict.
    holds '476 476 476 t' "SELECT concat_ws(' ', low, best, high, in_totals)
        FROM strikes.figures WHERE field = 'drones' AND coalesce(part, '') = ''"
    holds 38 "SELECT sum(killed_best) FROM strikes.incidents WHERE in_totals"
    PGDATABASE=postgres psql -Xqc "DROP DATABASE ternopil_$seed"
done
