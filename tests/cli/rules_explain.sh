#!/bin/bash
# tracker rules explain: in words, as JSON, and why a number is not read.
set -eu
. tests/cli/expect.bash
explain() { run 0 rules explain --rules fixtures/rules_min "$@"; }

explain 'The blast left two people dead on a street in Kherson.'
printed 'sentence 1: The blast'
printed "-> Kherson Kherson UA (settlement)"
printed 'rule    left-killed-and-wounded'
! grep -q 'why not' "$TMPDIR/out" || fail "an answer that nobody asked for"

explain --why-not killed=2 'The blast left two people dead on a street in Kherson.'
printed 'why not killed=2'
printed 'closest: left-killed-and-wounded'
printed "stopped at 'on', which is no 'and'"
explain --why-not killed=19 'The blast left two people dead.'
printed 'no number 19 in the text'
explain --why-not killed=7 'A 7-year-old was killed.'
printed 'never a count: by age'

explain --lang ru 'Five people were killed.'
printed 'no rules for this language'
run 129 rules coverage --lang ru
said 'takes no --lang'

explain --json --why-not killed=5 'The army denied that five people were killed in Kherson. Two fled.'
holds 'len(r) == 1 and len(r[0]["sentences"]) == 2'
holds '"five" in r[0]["sentences"][0]["tokens"]'
holds 'any(v["type"] == "place" and v["name"] == "Kherson" and v["precision"] == "settlement" for v in r[0]["sentences"][0]["values"])'
holds '[d["kind"] for d in r[0]["sentences"][0]["doubts"]] == ["denied"]'
holds 'any(t["rule"] == "killed" and t["outcome"] == "won" for t in r[0]["sentences"][0]["rules"])'
holds 'r[0]["reading"]["format"] == "strike-extract/1" and r[0]["ties"] == []'
holds 'r[0]["why_not"]["claims"][0]["role"] == "elsewhere" and r[0]["why_not"]["numbers"][0]["doubt"] == "denied"'
explain --json 'Two fled.'
holds '"why_not" not in r[0]'

for wanted in killed killed=x kiled=5 place=5 killed.chld=5; do
    run 129 rules explain --why-not "$wanted" 'Five people were killed.'
    said --why-not
done
run 129 rules check --json
said 'takes no --json'
run 129 rules explain --limit 3 'Five people were killed.'
