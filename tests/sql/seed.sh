#!/bin/bash
# A report's way to rows: the seed's facts, from our own article with its traps, and from the seed report where it is.
set -eu
"$TRACKER" init >/dev/null

check() {
    local got
    got=$(psql -XAtq -F ' ' -c "SELECT place, adm1, country, local_date, killed_best, wounded_best, drones_best, missiles_best
        FROM strikes.incidents ORDER BY 1")
    [ "$got" = "Ternopil Ternopil UA 2025-11-19 19 66 470 48" ] || { echo "$1: got '$got'"; exit 1; }
    got=$(psql -XAtq -F ' ' -c "SELECT field, claimant, best FROM strikes.claims ORDER BY span_start")
    [ "$got" = "killed Reuters 19
wounded Reuters 66
drones Ukraine 470
missiles Ukraine 48" ] || { echo "$1: got '$got'"; exit 1; }
    # A claim's text is the number and what it counts, without the conjunction behind it; the span is its bytes.
    got=$(psql -XAtq -c "SELECT string_agg(text, '; ' ORDER BY span_start) FROM strikes.claims
        WHERE octet_length(text) = span_end - span_start")
    [ "$got" = "$2" ] || { echo "$1: the claims read '$got'"; exit 1; }
}

"$TRACKER" ingest -q --published 2025-11-19 fixtures/reports/peace-plan.txt >/dev/null
check 'our article' '19 people; 66; 470 drones; 48 missiles'

if [ -f ../shared/seed-report.txt ]; then
    PGDATABASE=postgres psql -Xqc "DROP DATABASE IF EXISTS seed_report" -c "CREATE DATABASE seed_report" 2>/dev/null
    export PGDATABASE=seed_report
    "$TRACKER" init >/dev/null
    "$TRACKER" ingest -q --published 2025-11-19 --outlet "Western Journal" ../shared/seed-report.txt >/dev/null
    check 'the seed report' '19 people killed; 66 wounded; 470 drones; 48 missiles'
    [ "$(psql -XAtqc 'SELECT DISTINCT outlet FROM strikes.claims')" = "Western Journal" ]
fi
