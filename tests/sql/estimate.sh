#!/bin/bash
# `tracker reconcile --estimate` prints what the weights should be, with labels and without, and
# changes nothing; new weights in reconcile.yml settle everything again, and the old ones bring the
# former state back.
set -eu
fail() { echo "$@" >&2; exit 1; }
rows() { psql -XAtqc "SELECT md5(string_agg(i::text, ',' ORDER BY i::text)) FROM strikes.incidents i"; }
sets() {
    psql -XAtqc "SELECT string_agg(refs, ';' ORDER BY refs) FROM (
        SELECT string_agg(report_ref, ',' ORDER BY report_ref) AS refs
        FROM strikes.report_incidents GROUP BY incident_id) s"
}
"$TRACKER" init >/dev/null
"$TRACKER" ingest -q fixtures/ternopil/reports.jsonl >/dev/null
before=$(rows)

"$TRACKER" reconcile --estimate >"$TMPDIR/out"
grep -q '^same place ' "$TMPDIR/out" || fail "no observation: $(cat "$TMPDIR/out")"
grep -q '^without labels: [0-9]* rounds' "$TMPDIR/out" || fail "no rounds: $(cat "$TMPDIR/out")"
"$TRACKER" reconcile --estimate >"$TMPDIR/again"
cmp "$TMPDIR/out" "$TMPDIR/again"

# One strike for all but the wave's reports.
sed -E 's/"id": "ternopil-([0-9]+)"/"gold": {"incident_id": "t"}, &/; s/"id": "ternopil-[a-z]+"/"gold": {"incident_id": "w"}, &/' \
    fixtures/ternopil/reports.jsonl >"$TMPDIR/labelled.jsonl"
"$TRACKER" reconcile --estimate "$TMPDIR/labelled.jsonl" >"$TMPDIR/out"
grep -Eq 'pairs compared: [1-9][0-9]* of one strike, 0 of two' "$TMPDIR/out" ||
    fail "labels: $(tail -n 3 "$TMPDIR/out")"
grep -q 'Nothing was changed' "$TMPDIR/out"
rc=0
"$TRACKER" reconcile --estimate fixtures/reports/agencies.jsonl >"$TMPDIR/out" 2>&1 || rc=$?
[ "$rc" = 1 ] && grep -q incident_id "$TMPDIR/out" || fail "exit $rc: $(cat "$TMPDIR/out")"
[ "$before" = "$(rows)" ] || fail "an estimate changed rows"

# With a link threshold out of reach every located report stays alone.
was=$(sets)
mkdir "$TMPDIR/rules"
cp -r rules/*.yml rules/en "$TMPDIR/rules/"
sed -i 's/^  link: .*/  link: 90000/; s/^  attach: .*/  attach: 90000/' "$TMPDIR/rules/reconcile.yml"
"$TRACKER" reconcile --rules "$TMPDIR/rules" >"$TMPDIR/out"
[ "$(psql -XAtqc "SELECT count(*) FROM strikes.incidents WHERE scope = 'site'")" -gt 10 ] ||
    fail "new weights changed nothing: $(cat "$TMPDIR/out")"
"$TRACKER" reconcile >/dev/null
[ "$was" = "$(sets)" ] || fail "the former weights give $(sets), not $was"
[ "$("$TRACKER" reconcile)" = "0 rows changed" ] || fail "settled again without need"
