#!/bin/bash
# What must hold of any stream of reports, on seeded ones: neither order, nor batches, nor processes at once, nor
# kills change the result; the same again changes no row; nothing is counted twice; nobody sees half a change.
set -eu
fail() { printf '%s\n' "$@" >&2; exit 1; }
sql() { psql -XAtqc "$1"; }
here=$PWD/tests/sql
cd "$TMPDIR"

fresh() {
    PGDATABASE=postgres psql -Xqc "DROP DATABASE IF EXISTS $1 WITH (FORCE)" -c "CREATE DATABASE $1" 2>/dev/null
    export PGDATABASE=$1
    "$TRACKER" init >/dev/null
}
# Incidents and figures as sets with their reports: never ids or clocks. $1: only this country.
result() {
    psql -XAtq -v country="${1-}" <<'SQL'
SELECT i.scope, i.place, i.adm1, i.country, i.local_date, i.in_totals, i.grading, i.n_reports, i.n_independent,
       i.sources, f.field, f.part, f.low, f.best, f.high, f.state, f.in_totals, f.rule,
       array(SELECT r.report_ref FROM strikes.report_incidents r WHERE r.incident_id = i.incident_id ORDER BY 1)
FROM strikes.incidents i LEFT JOIN strikes.figures f USING (incident_id)
WHERE :'country' = '' OR i.country = :'country'
ORDER BY 1, 2, 3, 4, 5, 11, 12, 19, 6, 7, 8, 13, 14, 15;
SQL
}
# Every base table, row for row, clocks included.
hashes() {
    local table
    for table in $(sql "SELECT tablename FROM pg_tables WHERE schemaname = 'tracker' ORDER BY 1"); do
        echo "$table $(sql "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM tracker.$table t")"
    done
}
# What no state may break; run in one statement each, so that each sees one moment.
sound() {
    local bad
    bad=$(psql -XAtq <<'SQL'
SELECT 'an event in ' || count(i.incident_id) || ' incidents' FROM tracker.event e
    LEFT JOIN tracker.incident_event n ON n.event_id = e.event_id
    LEFT JOIN tracker.incident i ON i.region_id = n.region_id AND i.incident_id = n.incident_id AND i.retired_at IS NULL
    WHERE NOT EXISTS (SELECT FROM tracker.cell_mark) GROUP BY e.event_id, e.report_id
    HAVING count(i.incident_id) <> CASE WHEN EXISTS (SELECT FROM tracker.decision d
        JOIN tracker.decision_anchor a USING (region_id, decision_id)
        WHERE d.kind = 'reject' AND d.retracted_at IS NULL AND d.refused_path IS NULL
        AND (a.event_id = e.event_id OR a.event_id = 0 AND a.report_id = e.report_id)) THEN 0 ELSE 1 END;
SELECT 'a claim in ' || count(*) || ' figures' FROM tracker.figure_claim c GROUP BY c.claim_id HAVING count(*) > 1;
SELECT 'figures of a retired incident' FROM tracker.figure f JOIN tracker.incident i USING (region_id, incident_id)
    WHERE i.retired_at IS NOT NULL;
SELECT 'a figure that its claims do not give: ' || f.best FROM tracker.figure f
    JOIN tracker.figure_claim c USING (region_id, incident_id, field, part)
    JOIN tracker.event_claim k ON k.claim_id = c.claim_id
    WHERE c.claim_id = f.chosen_claim AND k.best <> f.best AND NOT EXISTS (SELECT FROM tracker.cell_mark);
SELECT 'a figure without revisions: ' || f.best FROM tracker.figure f
    WHERE (f.low, f.best, f.high, f.state) IS DISTINCT FROM (SELECT (v.new_low, v.new_best, v.new_high, v.new_state)
        FROM tracker.incident_revision v WHERE v.incident_id = f.incident_id AND v.field = f.field AND v.part = f.part
        ORDER BY v.recorded_at DESC LIMIT 1);
SELECT 'a wave and its sites are both summed' FROM strikes.incidents w JOIN strikes.incidents s ON s.parent_id = w.incident_id
    WHERE w.in_totals AND s.in_totals AND w.killed_best > 0 AND s.killed_best > 0;
SELECT 'munitions of a wave and of its site are both summed' FROM strikes.incidents s
    JOIN strikes.figures a ON a.incident_id = s.incident_id AND a.in_totals
    JOIN strikes.figures b ON b.incident_id = s.parent_id AND b.in_totals AND b.field = a.field
    WHERE a.field IN ('drones', 'missiles');
SELECT 'a parent that is gone' FROM strikes.incidents s
    WHERE s.parent_id IS NOT NULL AND NOT EXISTS (SELECT FROM strikes.incidents w WHERE w.incident_id = s.parent_id);
SELECT 'an id that does not resolve' FROM tracker.incident_revision v WHERE strikes.resolve_incident(v.incident_id) IS NULL;
SELECT 'days do not add up' WHERE (SELECT sum(killed_best) FROM strikes.daily_casualties)
    IS DISTINCT FROM (SELECT sum(killed_best) FROM strikes.incidents WHERE in_totals AND local_date IS NOT NULL);
SELECT 'places do not add up' WHERE (SELECT sum(killed_best) FROM strikes.casualties_by_place)
    IS DISTINCT FROM (SELECT sum(killed_best) FROM strikes.incidents WHERE in_totals);
SELECT 'the last step of a timeline is not the figure: ' || f.incident_id FROM strikes.figures f
    WHERE f.best IS DISTINCT FROM (SELECT s.best FROM strikes.toll_series s WHERE s.incident_id = f.incident_id
        AND s.field = f.field AND s.part IS NOT DISTINCT FROM f.part ORDER BY s.said_at DESC NULLS LAST LIMIT 1);
SQL
    )
    [ -z "$bad" ] || fail "$1:" "$bad"
}

# Somebody decides, at random, on reports that may not be there yet: by the command (which is killed now and then)
# or as the analyst by SQL. What a person may be told is fine; anything else fails.
decides() { # SEED BY
    local kind a b message rc
    RANDOM=$1
    for _ in $(seq 25); do
        a=$((RANDOM % n_reports + 1))
        b=$((a + RANDOM % 4 + 1))
        kind=$(printf '%s\n' same different different reject place | sed -n "$((RANDOM % 5 + 1))p")
        rc=0
        case $kind in
        reject) set -- "report:r$a" ;;
        place) set -- "report:r$a" Kharkiv ;;
        *) set -- "report:r$a" "report:r$b" ;;
        esac
        if [ $((RANDOM % 3)) = 0 ]; then
            message=$(psql -XAtq -v ON_ERROR_STOP=1 -c 'SET ROLE tracker_analyst' -c "SELECT strikes.decide('$kind', '$1',
                $([ $# = 2 ] && echo "'$2'" || echo NULL), 'ben', 'as the analyst')" 2>&1) || rc=$?
        elif [ $((RANDOM % 4)) = 0 ]; then
            timeout -s KILL "0.0$((RANDOM % 9 + 1))" "$TRACKER" decide "$kind" "$@" --who anna --why 'killed' >/dev/null 2>&1 || true
        else
            message=$("$TRACKER" decide "$kind" "$@" --who anna --why 'by the command' 2>&1) || rc=$?
        fi
        [ $rc = 0 ] || echo "$message" | grep -Eq 'no report is known|tells of no event|are one event|different countries|it contradicts|tells of a place|are called' ||
            { echo "decide $kind $* ended with $rc: $message"; return 1; }
    done 2>/dev/null
}

for seed in 1 2; do
    python3 "$here/make_reports.py" "$seed" 45 >reports.jsonl
    python3 "$here/make_reports.py" "$seed" 45 | cmp - reports.jsonl || fail "the generator is not seeded"
    fresh properties_one
    "$TRACKER" ingest -q reports.jsonl >/dev/null
    result >want
    [ "$(wc -l <want)" -gt 80 ] || fail "too few: $(cat want)"
    sound "seed $seed"

    # The same again, also in other batches, and a rebuild: not one row.
    hashes >before
    "$TRACKER" ingest -q --batch 7 reports.jsonl | grep -q ', 0 rows changed$' || fail "read again, rows changed"
    "$TRACKER" reconcile --rebuild >out || fail "incremental and rebuild differ: $(cat out)"
    hashes >after
    diff before after >&2 || fail "tables changed"

    # Several processes at once, each with a share of the reports in another order, while one looks on, one
    # reconciles, two decide, and one is killed again and again.
    fresh properties_many
    rm -f share.*
    shuf --random-source=<(yes "$seed") reports.jsonl | split -n r/3 - share.
    pids=()
    for share in share.*; do
        "$TRACKER" ingest -q --batch 3 "$share" >"$share.out" 2>&1 &
        pids+=($!)
    done
    (for _ in $(seq 5); do
        "$TRACKER" ingest -q --batch 2 reports.jsonl >/dev/null 2>&1 &
        victim=$!
        sleep 0.$((RANDOM % 4 + 1))
        kill -9 $victim 2>/dev/null || true
        wait $victim 2>/dev/null || true
    done) 2>/dev/null &
    pids+=($!)
    (for _ in $(seq 6); do "$TRACKER" reconcile --rebuild || [ $? = 1 ]; done) >reconcile.out 2>&1 &
    pids+=($!)
    n_reports=$(wc -l <reports.jsonl)
    for decider in 1 2; do
        decides "$seed$decider" >"decider.$decider" &
        pids+=($!)
    done
    for _ in $(seq 8); do sound "seed $seed, in the middle"; done
    for pid in "${pids[@]}"; do
        rc=0
        wait "$pid" || rc=$?
        [ $rc = 0 ] || fail "a process ended with exit $rc:" "$(tail -n 5 share.*.out reconcile.out decider.*)"
    done
    "$TRACKER" reconcile >/dev/null
    "$TRACKER" ingest -q reports.jsonl >/dev/null
    sound "seed $seed, decided"
    "$TRACKER" reconcile --rebuild >out || fail "seed $seed, decided: $(cat out)"
    result >decided
    [ "$(sql "SELECT count(*) FROM strikes.decisions WHERE status = 'stands'")" -gt 10 ] || fail "too few decisions"
    ! cmp -s want decided || fail "the decisions changed nothing"
    # The same decisions on reports that are all there.
    sql "SELECT format('SELECT strikes.decide(%L, %L, %L, %L, %L);', kind, a, CASE WHEN kind <> 'reject' THEN b END, who, why)
        FROM strikes.decisions ORDER BY recorded_at, decision_id" >decisions.sql
    fresh properties_again
    "$TRACKER" ingest -q reports.jsonl >/dev/null
    psql -Xq -v ON_ERROR_STOP=1 -f decisions.sql >/dev/null
    "$TRACKER" reconcile >/dev/null
    result >have
    diff decided have >&2 || fail "seed $seed: decided meanwhile is not decided afterwards"
    export PGDATABASE=properties_many
    for id in $(sql "SELECT decision_id FROM strikes.decisions WHERE status <> 'retracted'"); do
        sql "SELECT strikes.decide('retract', '$id', NULL, 'ben', 'all taken back')" >/dev/null
    done
    "$TRACKER" reconcile >/dev/null
    result >have
    diff want have >&2 || fail "seed $seed: processes at once end elsewhere"
    sound "seed $seed, at the end"
    "$TRACKER" reconcile --rebuild >out || fail "seed $seed: $(cat out)"

    # A wire copy changes no figure; reports of one country nothing in another.
    fresh properties_copy
    "$TRACKER" ingest -q reports.jsonl >/dev/null
    sql 'SELECT incident_id, field, part, low, best, high, rule FROM strikes.figures ORDER BY 1, 2, 3' >before
    head -n 40 reports.jsonl | python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    r["id"] += "-copy"; r["url"] += "-copy"; r["outlet"] = "Copy Desk"
    r["published"] = r["published"][:11] + "23:59:59Z"
    print(json.dumps(r))' | "$TRACKER" ingest -q - >/dev/null
    sql 'SELECT incident_id, field, part, low, best, high, rule FROM strikes.figures ORDER BY 1, 2, 3' >after
    diff before after >&2 || fail "seed $seed: a wire copy changed a figure"
    result IL >before
    [ -s before ] || fail "nothing in the other country"
    python3 "$here/make_reports.py" $((seed + 100)) 40 | grep -v -e Haifa -e Ashkelon | sed 's|"id": "r|"id": "x|; s|example.org|example.net|' |
        "$TRACKER" ingest -q - >/dev/null
    result IL >after
    diff before after >&2 || fail "seed $seed: reports of one country changed another"
    sound "seed $seed, with copies"
done
PGDATABASE=postgres psql -Xq -c 'DROP DATABASE properties_one' -c 'DROP DATABASE properties_many' -c 'DROP DATABASE properties_again' -c 'DROP DATABASE properties_copy'
