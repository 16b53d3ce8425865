#!/bin/bash
# tracker eval prints the figures that a scorer written apart from it, after the same definitions,
# finds in what tracker extract prints.
set -eu
. tests/cli/expect.bash
labelled=fixtures/labelled.jsonl

# figures GOLD PREDICTED: one line a field, as eval prints them.
figures() {
    python3 - "$@" <<'END'
import json, re, sys, unicodedata

def folded(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall("[a-z0-9]+", plain))

def said(report, field):
    for event in report["events"]:
        ends = event.get(field) or {}
        for end in ("best", "low", "high"):
            if ends.get(end) is not None:
                return ends[end]

def named(report):
    for event in report["events"]:
        place = event["place"] or {}
        names = [folded(place[k]) for k in ("name", "written") if place.get(k)]
        if names:
            return names
    return []

def alike(a, b):
    short, long = sorted((a, b), key=len)
    return a == b or len(short) > 3 and f" {short} " in f" {long} "

gold = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
read = {r["id"]: r for r in map(json.loads, open(sys.argv[2], encoding="utf-8"))}
gold = [(read.get(g["id"], {"events": []}), g["gold"]) for g in gold if "gold" in g]
for field in "killed wounded drones drones_intercepted missiles missiles_intercepted".split():
    known = [(said(r, field), g[field], g.get(field + "_max") or g[field]) for r, g in gold
             if g.get(field) is not None and g.get("gold_in_text", {}).get(field, True)
             and not g.get("toll_shared") and not g.get("coder_imputed_fatalities")]
    right = [v is not None and low <= v <= high for v, low, high in known]
    some = [r for r, (v, low, high) in zip(right, known) if low > 0]
    none = [bool(v) and not r for r, (v, low, high) in zip(right, known) if low == 0]
    given = [r for r, (v, low, high) in zip(right, known) if v]
    if some:
        line = f"{field:22} exact {sum(some) / len(some):.3f} of {len(some)}"
        if given:
            line += f"   precision {sum(given) / len(given):.3f} of {len(given)}"
        if none:
            line += f"   false {sum(none) / len(none):.3f} of {len(none)}"
        print(line)
wanted = [(folded(g.get("location_town") or g["location"]), named(r)) for r, g in gold
          if g.get("location_town") or g.get("location")]
if wanted:
    hits = sum(any(alike(w, n) for n in names) for w, names in wanted)
    print(f"{'place':22} exact {hits / len(wanted):.3f} of {len(wanted)}")
END
}

# same FILE: both agree on a file.
same() {
    run 0 extract "$1"
    cp "$TMPDIR/out" "$TMPDIR/read"
    figures "$1" "$TMPDIR/read" >"$TMPDIR/want"
    run 0 eval "$1"
    head -n 1 "$TMPDIR/out" | grep -qF "$1: " || fail "no heading"
    sed -n '2,/^$/{/./p}' "$TMPDIR/out" >"$TMPDIR/have"
    [ -s "$TMPDIR/want" ] || fail "$1: no figures"
    diff "$TMPDIR/want" "$TMPDIR/have" || fail "$1: other figures"
}
same "$labelled"
# The figures themselves: false-alarm is one, quiet-night and wounded-only are none.
grep -q '^killed  *exact .* of 7   precision .* of 6   false 0\.333 of 3$' "$TMPDIR/have" ||
    fail "killed: $(cat "$TMPDIR/have")"
grep -q '^place  *exact .* of 12$' "$TMPDIR/have" || fail "place: $(cat "$TMPDIR/have")"

# Each line is worth what it says: all right, then one number changed.
good='{"id": "g", "text": "Shelling in Kherson killed three people.", "gold": {"killed": 3, "location": "Kherson"}}'
printf '%s\n' "$good" >"$TMPDIR/one.jsonl"
run 0 eval "$TMPDIR/one.jsonl"
printed 'killed                 exact 1.000 of 1   precision 1.000 of 1'
printed 'place                  exact 1.000 of 1'
sed 's/"killed": 3/"killed": 4/' "$TMPDIR/one.jsonl" >"$TMPDIR/wrong.jsonl"
run 0 eval "$TMPDIR/wrong.jsonl"
printed 'killed                 exact 0.000 of 1   precision 0.000 of 1'
grep -q '^Rule  *Gave  *Right  *Wrong$' "$TMPDIR/out" || fail "no rules"
grep -qE ' 1 +0 +1$' "$TMPDIR/out" || fail "the rule is not blamed"

# Misses, by field and by place, so many and no more.
run 0 eval --misses killed "$labelled"
printed '-- miscounted gold 9..9 got 2 by '
printed '-- false-alarm gold 0..0 got 4 by '
printed '-- silent gold 1..1 got nothing: Debate on the budget | Members of parliament met'
run 0 eval --misses killed:1 "$labelled"
[ "$(grep -c '^-- ' "$TMPDIR/out")" = 1 ] || fail "not one miss"
run 0 eval --misses place:5 "$labelled"
printed "-- miscounted gold Lviv got 'kharkiv'"

# As JSON: one object a file and one for all, with the same counts.
run 0 eval --json --misses killed:2 "$labelled" "$TMPDIR/one.jsonl"
holds 'len(r) == 3 and r[0]["file"].endswith("labelled.jsonl") and r[2]["file"] is None'
holds 'r[0]["fields"]["killed"]["exact"]["of"] == 7 and r[2]["fields"]["killed"]["exact"]["of"] == 8'
holds 'r[1]["fields"]["killed"]["exact"] == {"n": 1, "of": 1, "ratio": 1}'
holds 'r[0]["fields"]["missiles_intercepted"]["exact"] is None if "missiles_intercepted" in r[0]["fields"] else True'
holds 'len(r[0]["misses"]) == 2 and r[0]["misses"][0]["id"] == "miscounted" and r[0]["misses"][0]["gold"] == 9'
holds 'sum(x["wrong"] for x in r[2]["rules"]) >= 2 and all(x["gave"] == x["right"] + x["wrong"] for x in r[2]["rules"])'
run 0 eval "$labelled" "$TMPDIR/one.jsonl"
printed 'all files: 15 reports'

# Beside the scorer the project is measured with, where it is at hand.
for corpus in ukraine_reports gtd_us_2000_17; do
    [ -x ../shared/score ] && [ -f "../shared/corpora/$corpus.jsonl" ] || continue
    run 0 extract "../shared/corpora/$corpus.jsonl"
    cp "$TMPDIR/out" "$TMPDIR/read"
    ../shared/score "../shared/corpora/$corpus.jsonl" "$TMPDIR/read" >"$TMPDIR/want"
    run 0 eval "../shared/corpora/$corpus.jsonl"
    sed -n '2,/^$/{/./p}' "$TMPDIR/out" | diff "$TMPDIR/want" - || fail "$corpus: other figures"
done

# What it does not take.
said_usage() { [ "$(tail -n 1 "$TMPDIR/err")" = "Try 'tracker eval --help'" ] || fail "no hint"; }
run 129 eval; said_usage
run 129 eval -; said_usage
run 129 eval --misses kiled "$labelled"; said_usage
said 'killed?'
run 129 eval --misses killed:x "$labelled"; said_usage
run 129 eval --limit x "$labelled"; said_usage
run 1 eval "$TMPDIR/no-such-file"
run 1 eval fixtures/reports/peace-plan.txt
run 4 eval --rules "$TMPDIR" "$labelled"
{
    cat "$TMPDIR/one.jsonl"
    echo '{"id": "x", "text": 5, "gold": {"killed": 1}}'
} >"$TMPDIR/broken.jsonl"
run 3 eval "$TMPDIR/broken.jsonl"
printed 'killed                 exact 0.500 of 2   precision 1.000 of 1'
