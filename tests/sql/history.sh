#!/bin/bash
# What we said, and what the reports said: a toll that rises, is corrected and withdrawn; revisions, as-of answers
# that never change, timelines, ids that resolve, and explanations that add up.
set -eu
fail() { printf '%s\n' "$@" >&2; exit 1; }
sql() { psql -XAtqc "$1"; }
"$TRACKER" init >/dev/null
cd "$TMPDIR"
cat >check.py <<'PY'
import json, sys
e = json.loads(sys.stdin.read())
assert e["figures"] and e["pairs"], "no figures, or no pairs"
for pair in e["pairs"]:
    assert pair["score"] == sum(t["weight"] for t in pair["terms"]), pair
for figure in e["figures"]:
    assert figure["rule"] and figure["meaning"], figure
    for claim in figure["claims"]:
        assert claim["sentence"] and claim["text"] in claim["sentence"] and claim["span_end"] > claim["span_start"], claim
        assert claim["report_ref"] and claim["said_at"] and claim["outlet"], claim
    if figure["best"] is not None:
        given = [c for c in figure["claims"] if c["use"] == "gives it"]
        assert len(given) == 1 and given[0]["best"] == figure["best"], figure
PY
report() { # ID PUBLISHED TEXT
    printf '{"id": "%s", "published": "%s", "outlet": "Post %s", "text": "%s"}\n' "$1" "$2" "$1" "$3"
}
ingest() { "$TRACKER" ingest -q - >/dev/null; }
best() { sql "SELECT killed_best FROM strikes.incidents WHERE place = 'Ternopil'"; }

# Each step is remembered with the moment after it, and with what was published then.
published() { # SUFFIX
    for view in incidents daily_casualties daily_munitions casualties_by_place waves; do
        sql "SELECT '$view', v::text FROM strikes.$view$1 v ORDER BY 2"
    done
    sql "SELECT field, part, low, best, high, state, in_totals, rule FROM strikes.figures$1 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
}
report a 2025-11-19T08:00:00Z 'A missile strike on Ternopil on Wednesday killed 16 people, police said.' | ingest
at1=$(sql 'SELECT clock_timestamp()'); published '' >then1
one=$(sql "SELECT incident_id FROM strikes.incidents")
report b 2025-11-19T16:00:00Z 'The number of people killed in the missile strike on Ternopil on Wednesday has risen to 25, the interior minister said.' | ingest
report w 2025-11-19T17:00:00Z 'Russia launched 400 drones and 20 missiles at Ukraine overnight on 19 November, the air force said.' | ingest
at2=$(sql 'SELECT clock_timestamp()'); published '' >then2
report c 2025-11-23T08:00:00Z 'The number of people killed in the missile strike on Ternopil on 19 November has risen to 34, rescuers said.' | ingest
at3=$(sql 'SELECT clock_timestamp()'); published '' >then3
[ "$(best)" = 34 ] || fail "best is $(best)"

said() { sql "SELECT killed_best FROM strikes.incidents_as_of('$1') WHERE place = 'Ternopil'"; }
answers() {
    sql "SELECT i::text FROM unnest('{$at1,$at2,$at3}'::timestamptz[]) t, strikes.incidents_as_of(t) i ORDER BY t, 1"
    sql "SELECT f::text FROM unnest('{$at1,$at2,$at3}'::timestamptz[]) t, strikes.figures_as_of(t) f ORDER BY t, 1"
}
[ "$(said "$at1") $(said "$at2") $(said "$at3")" = '16 25 34' ] || fail "$(said "$at1") $(said "$at2") $(said "$at3")"
[ -z "$(sql "SELECT 1 FROM strikes.incidents_as_of('2020-01-01')")" ] || fail "we said something before we began"
[ -z "$(sql 'SELECT i FROM strikes.incidents i EXCEPT SELECT i FROM strikes.incidents_as_of(now()) i')" ] ||
    fail "as of now is not now"
answers >answers

# What the reports say is there at once for an archive, and by publication time.
[ "$(sql "SELECT string_agg(best::text, ' ' ORDER BY said_at) FROM strikes.toll_series WHERE field = 'killed' AND part IS NULL")" = '16 25 34' ] ||
    fail "$(sql 'SELECT * FROM strikes.toll_series')"
[ "$(sql "SELECT string_agg(concat(old_best, '>', new_best), ' ' ORDER BY recorded_at) FROM strikes.toll_history WHERE field = 'killed'")" = '>16 16>25 25>34' ] ||
    fail "$(sql 'SELECT * FROM strikes.toll_history')"
reports_say() { "$TRACKER" incidents --json --place ternopil --as-of-reports "$1" | python3 -c 'import json, sys; print(*[(json.loads(l)["killed"] or {}).get("best") for l in sys.stdin])'; }
[ "$(reports_say 2025-11-19T09:00Z) $(reports_say 2025-11-19) $(reports_say 2025-11-24)" = '16 25 34' ] ||
    fail "as of the reports: $(reports_say 2025-11-19T09:00Z) $(reports_say 2025-11-19) $(reports_say 2025-11-24)"
[ -z "$(reports_say 2025-11-18)" ] || fail "reports of the day before say something"
[ -z "$(sql "SELECT 1 FROM strikes.changes_since(clock_timestamp())")" ] || fail "changes after the last"
sql "SELECT change, old_value, new_value FROM strikes.changes_since('$at2')" >changes
grep -qx 'figure|25|34' changes || fail "$(cat changes)"

# Explanations, in any of the ways to name it; the terms of a score add up to it.
"$TRACKER" explain --json "$one" | python3 check.py || fail "explain --json"
"$TRACKER" explain --json c killed --as-of-reports 2025-11-19T20:00Z | python3 check.py || fail "explain --as-of-reports"
# So do the printed ones, and the words that both texts have are named and add up to their bits.
"$TRACKER" explain "$one" >out || fail "$(cat out)"
python3 - out <<'END' || fail "$(cat out)"
import re, sys
pairs = words = 0
for line in open(sys.argv[1], encoding="utf-8"):
    pair = re.match(r"  \S+ with \S+: (-?[\d.]+) bits =(.*)", line)
    if pair:
        terms = [float(n) for n in re.findall(r" ([+-]\d+\.\d+)", pair[2])]
        assert abs(sum(terms) - float(pair[1])) < 1e-9, line
        pairs += 1
    both = re.match(r"    both: (.*) = (\d+) bits$", line)
    if both:
        named = [word.rsplit(" ", 1) for word in both[1].split(" + ")]
        assert sum(int(bits) for _, bits in named) == int(both[2]) and all(w != "?" for w, _ in named), line
        words += 1
assert pairs >= 2 and words >= 1, (pairs, words)
END
"$TRACKER" explain b killed >out || fail "$(cat out)"
grep -q 'latest-running-total: ' out && grep -q '^  \* 34  exact' out && grep -q 'set aside' out || fail "$(cat out)"
! "$TRACKER" explain b drones >out 2>&1 || fail "a figure that is not there is explained"
! "$TRACKER" explain 123 >out 2>&1 || fail "an incident that is not there is explained"

# A correction, without and with a later time; a withdrawal: from now on, not from the past.
report c 2025-11-23T08:00:00Z 'CORRECTED. The number of people killed in the missile strike on Ternopil on 19 November has risen to 33, rescuers said.' >correction
ingest <correction
[ "$(best)" = 33 ] || fail "a changed page does not count: $(best)"
report c 2025-11-23T08:00:00Z 'The number of people killed in the missile strike on Ternopil on 19 November has risen to 34, rescuers said.' |
    "$TRACKER" ingest -q - | grep -q ', 0 rows changed$' || fail "an old edition came back"
[ "$(best)" = 33 ] || fail "an old edition counts again"
report c 2025-11-23T09:00:00Z 'CORRECTED AGAIN. The number of people killed in the missile strike on Ternopil on 19 November has risen to 35, rescuers said.' | ingest
[ "$(best)" = 35 ] || fail "a later edition does not count: $(best)"
"$TRACKER" ingest -q correction | grep -q ', 0 rows changed$' || fail "an edition of an earlier time came back"
# Of equal time, or none, the later arrival counts; whatever their digests, the batches, or who comes again.
for batch in 1 2 100; do
    for order in 'four five' 'five four'; do
        for words in $order $order; do
            printf '{"id": "%s-%s", "outlet": "P", "text": "Shelling killed %s people in Odesa on 3 March 2025."}\n' \
                "$batch" "${order// /-}" "$words"
        done | "$TRACKER" ingest -q --batch "$batch" - >/dev/null
        case $order in *four) want=4 ;; *) want=5 ;; esac
        have=$(sql "SELECT best FROM strikes.claims WHERE report_ref = '$batch-${order// /-}'")
        [ "$have" = "$want" ] || fail "batches of $batch, $order: $have"
    done
done
echo '{"id": "c", "withdrawn": true, "text": "Withdrawn."}' | ingest
[ "$(best)" = 25 ] || fail "withdrawn, and still $(best)"
[ "$(sql "SELECT value FROM strikes.review_queue WHERE kind = 'fall'")" = 10 ] || fail "the fall is not in the review queue"
[ "$(sql "SELECT count(*) FROM strikes.report_incidents WHERE report_ref = 'c' AND incident_id IS NULL")" = 1 ] || fail "a withdrawn report has no row"

# An incident of one report keeps its id when the page changes, also its place.
report e 2025-11-26T13:00:00Z 'Shelling killed 2 people in Kherson on Wednesday.' | ingest
kept=$(sql "SELECT incident_id FROM strikes.incidents WHERE place = 'Kherson'")
report e 2025-11-26T15:00:00Z 'Shelling killed 3 people in the city of Kherson on Wednesday, police said.' | ingest
report e 2025-11-26T16:00:00Z 'Shelling killed 3 people in the city of Mykolaiv on Wednesday, police said.' | ingest
[ "$(sql "SELECT strikes.resolve_incident($kept)")" = "$(sql "SELECT incident_id FROM strikes.report_incidents WHERE report_ref = 'e'")" ] ||
    fail "the id of an incident of one report leads nowhere"
"$TRACKER" explain "$kept" killed | grep -q '^killed: 3' || fail "$("$TRACKER" explain "$kept" 2>&1)"
report a 2025-11-19T08:30:00Z 'Nothing is known.' | ingest
[ "$(best)" = 25 ] || fail "best is $(best)"

# The past has not moved: it is answered as it was published.
for n in 1 2 3; do
    at=at$n
    published "_as_of('${!at}')" >again
    diff "then$n" again >&2 || fail "what was published at step $n has changed"
done
diff <(published '') <(published "_as_of(now())") >&2 || fail "as of now is not now"
answers >after
diff answers after >&2 || fail "as-of answers changed"
"$TRACKER" reconcile --rebuild >out || fail "$(cat out)"
answers >after
diff answers after >&2 || fail "as-of answers changed by a rebuild"
