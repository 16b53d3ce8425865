#!/bin/bash
# tracker eval --incidents: figures worked out by hand on six reports of three strikes.
set -eu
. tests/cli/expect.bash
told="$TMPDIR/told.jsonl"
# report ID TEXT STRIKE KILLED: 3 of 1 (two of them alike, one about another town), 1 of 2, 2 of 3.
report() {
    printf '{"id": "%s", "url": "https://example.org/%s", "outlet": "Outlet %s", "published": "%s", "text": "%s", "gold": {"incident_id": "%s", "killed": %s}}\n' "$@"
}
{
    report a a A 2025-03-11T10:00:00Z 'Shelling killed three people in Kherson on 11 March 2025.' 1 3
    report b b B 2025-03-11T12:00:00Z 'Three people were killed by shelling in Kherson on 11 March 2025.' 1 3
    report c c C 2025-03-11T13:00:00Z 'Shelling killed one person in Lviv on 11 March 2025.' 1 3
    report d d D 2025-05-02T10:00:00Z 'A missile killed four people in Odesa on 2 May 2025.' 2 4
    report e e E 2025-06-01T10:00:00Z 'A drone killed two people in Sumy on 1 June 2025.' 3 2
    report f f F 2025-06-01T11:00:00Z 'Two people were killed by a drone in Sumy on 1 June 2025.' 3 2
} >"$told"
run 0 eval --incidents "$told"
printed "$told: 6 reports, incidents labelled 3, found 4"
# Pairs: ab and ef found; ab, ac, bc and ef labelled. B-cubed recall: (2/3 + 2/3 + 1/3 + 1 + 1 + 1) / 6.
printed 'pairs       precision 1.000  recall 0.500  F1 0.667'
printed 'B-cubed     precision 1.000  recall 0.778  F1 0.875'
printed 'killed      exact 1.000 of 3  labelled 9  matched 9 (+0.0%)  all 10 (+11.1%)'
! grep -q '^wounded' "$TMPDIR/out" || fail "nobody was labelled as wounded"
run 0 eval --incidents --misses pairs "$told"
[ "$(grep -c '^-- ' "$TMPDIR/out")" = 1 ] || fail "not one cause"
grep -q '^-- 2 apart: .*far apart' "$TMPDIR/out" || fail "no reason: $(cat "$TMPDIR/out")"
printed '   c  Lviv, Lviv, UA, 2025-03-11'

# Kherson and Sumy under one label: together is right only within a label.
sed 's/"incident_id": "3", "killed": 2/"incident_id": "3", "killed": 5/; /"id": "f"/s/"incident_id": "3"/"incident_id": "4"/' "$told" >"$TMPDIR/mixed.jsonl"
run 0 eval --incidents --misses pairs "$TMPDIR/mixed.jsonl"
printed 'pairs       precision 0.500  recall 0.333  F1 0.400'
grep -q '^-- 1 together: ' "$TMPDIR/out" || fail "what should be parted is not shown"
run 0 eval --incidents --json "$told"
holds 'r[0]["pair_f1"] == 0.667 and r[0]["b3_f1"] == 0.875 and r[0]["killed"]["exact"] == 3'

run 1 eval --incidents fixtures/labelled.jsonl
said 'no "gold" has an "incident_id"'
run 129 eval --incidents
