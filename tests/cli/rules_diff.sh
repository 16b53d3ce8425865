#!/bin/bash
# tracker rules diff: what a change of rules gains, loses and alters.
set -eu
. tests/cli/expect.bash

cp -r fixtures/rules_min "$TMPDIR/old"
cp -r fixtures/rules_min "$TMPDIR/new"
cat >"$TMPDIR/in.jsonl" <<'END'
{"id": "a", "text": "Five people were killed. Two people lay lifeless."}
{"id": "b", "text": "The shelling left two people killed and five hurt."}
{"id": "c", "text": "The army denied that ten people were killed."}
{"id": "d", "text": "There were no casualties."}
END
diff_rules() { run 0 rules diff "$TMPDIR/old" "$TMPDIR/new" "$@"; }
total() { [ "$(tail -n 1 "$TMPDIR/out")" = "$1" ] || fail "instead of: $1"; }

diff_rules "$TMPDIR/in.jsonl"
total '0 gained, 0 lost, 0 altered in 0 of 4 reports'
[ "$(wc -l <"$TMPDIR/out")" = 1 ] || fail "changes without a change"

# A rule more, a rule less, a doubt less.
cat >>"$TMPDIR/new/en/casualties.yml" <<'END'
  - rule: lifeless
    match: <killed> lay lifeless
    examples:
      - text: Five people lay lifeless.
        expect: {killed: 5}
      - text: Five people lay.
        expect: nothing
END
python3 - "$TMPDIR/new" <<'END'
import re, sys
path = sys.argv[1] + "/en/casualties.yml"
text = open(path).read()
text = re.sub(r"  - rule: left-killed-and-wounded\n.*?(?=  - rule: killed)", "", text, flags=re.S)
open(path, "w").write(text)
path = sys.argv[1] + "/en/doubt.yml"
text = open(path).read()
open(path, "w").write(text.replace("kind: denied", "kind: unverified"))
END
diff_rules "$TMPDIR/in.jsonl"
grep -qE "^\+ a killed 'Two people.*': exact 2/2/2, [a-z]*, by lifeless$" "$TMPDIR/out" || fail "not gained"
grep -qE "^- b killed 'two people.*': exact 2/2/2, figure, by left-killed-and-wounded$" "$TMPDIR/out" || fail "not lost"
grep -qE "^- b wounded " "$TMPDIR/out" || fail "wounded not lost"
grep -qE "^~ c killed 'ten people.*': exact 10/10/10, elsewhere, denied, by killed -> exact 10/10/10, figure, unverified, by killed$" \
    "$TMPDIR/out" || fail "not altered"
total '1 gained, 2 lost, 1 altered in 3 of 4 reports'
diff_rules --json "$TMPDIR/in.jsonl"
holds '[x["change"] for x in r] == ["gained", "lost", "lost", "altered", "total"]'
holds 'r[0]["old"] is None and r[0]["new"]["best"] == 2 and r[0]["new"]["rule"] == "lifeless"'
holds 'r[3]["old"]["doubt"] == "denied" and r[3]["new"]["doubt"] == "unverified" and r[3]["report"] == "c"'
holds 'r[4] == {"change": "total", "gained": 1, "lost": 2, "altered": 1, "reports_changed": 3, "reports": 4}'
# The other way round.
run 0 rules diff "$TMPDIR/new" "$TMPDIR/old" "$TMPDIR/in.jsonl"
total '2 gained, 1 lost, 1 altered in 3 of 4 reports'
run 0 rules diff "$TMPDIR/old" "$TMPDIR/new" <"$TMPDIR/in.jsonl"
total '1 gained, 2 lost, 1 altered in 3 of 4 reports'

run 129 rules diff "$TMPDIR/old"
run 129 rules diff --stored "$TMPDIR/old" "$TMPDIR/new" "$TMPDIR/in.jsonl"
run 129 rules diff --limit 3 "$TMPDIR/old" "$TMPDIR/new"
run 2 rules diff --stored "$TMPDIR/old" "$TMPDIR/new"
run 3 rules diff "$TMPDIR/old" "$TMPDIR/new" "$TMPDIR/no-such-file"
echo '  - rule: broken' >>"$TMPDIR/new/en/casualties.yml"
run 4 rules diff "$TMPDIR/old" "$TMPDIR/new" "$TMPDIR/in.jsonl"
said casualties.yml
