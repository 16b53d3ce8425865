#!/bin/bash
# Settings files: a wrong one is refused (exit 4) with the place of the fault; what overrides what.
set -eu
. tests/cli/expect.bash
report=fixtures/reports/peace-plan.txt

printf 'rulse: rules\n' >"$TMPDIR/unknown.yml"
run 4 extract --config "$TMPDIR/unknown.yml" "$report"
said "$TMPDIR/unknown.yml:1:1:"
said "unknown setting 'rulse'"
said 'did you mean rules?'
printf 'rules: [a, b\n' >"$TMPDIR/broken.yml"
run 4 extract --config "$TMPDIR/broken.yml" "$report"
said "$TMPDIR/broken.yml"
printf 'rules: rules\nrules: other\n' >"$TMPDIR/twice.yml"
run 4 extract --config "$TMPDIR/twice.yml" "$report"
said "$TMPDIR/twice.yml:2"
run 4 extract --config "$TMPDIR/missing.yml" "$report"
said "$TMPDIR/missing.yml"
TRACKER_CONFIG=$TMPDIR/unknown.yml run 4 doctor
printf 'batch: many\n' >"$TMPDIR/batch.yml"
run 0 extract --config "$TMPDIR/batch.yml" "$report"

# Option over variable over file over default; doctor says where each came from.
printf 'rules: /from/file\nplaces: /from/file.idx\n' >"$TMPDIR/good.yml"
run 1 doctor --config "$TMPDIR/good.yml"
grep -q 'rules .*/from/file (config file)' "$TMPDIR/out" || fail "the file is not used"
TRACKER_RULES=/from/variable run 1 doctor --config "$TMPDIR/good.yml"
grep -q 'rules .*/from/variable (environment)' "$TMPDIR/out" || fail "the variable is not used"
TRACKER_RULES=/from/variable run 1 doctor --config "$TMPDIR/good.yml" --rules /from/option
grep -q 'rules .*/from/option (option)' "$TMPDIR/out" || fail "the option is not used"
grep -q 'places .*/from/file.idx (config file)' "$TMPDIR/out" || fail "the file is forgotten"

# refused TEXT LINE:COLUMN WORDS: a file of this text is refused there with these words, and the
# line is shown with a caret.
refused() {
    printf '%b' "$1" >"$TMPDIR/bad.yml"
    run 4 extract --config "$TMPDIR/bad.yml" "$report"
    said "$TMPDIR/bad.yml:$2: error: $3"
    grep -q '^ *| *^' "$TMPDIR/err" || fail "no caret for $3"
}
feed='feeds:\n  - url: https://example.org/a.xml\n'
refused 'fedes:\n  - url: https://example.org\n' 1:1 "unknown setting 'fedes'"
said 'did you mean feeds?'
refused 'feeds: https://example.org\n' 1:8 "expected a list of feeds"
refused 'feeds:\n  - https://example.org\n' 2:5 "expected a feed"
refused 'feeds:\n  - outlet: Post\n' 2:5 "a feed needs 'url:'"
refused 'feeds:\n  - url: ftp://example.org/a\n' 2:10 "expected an address that begins with http"
refused "$feed    evry: 5 min\n" 3:5 "unknown key 'evry' of a feed"
said 'did you mean every?'
refused "$feed    every: soon\n" 3:12 "expected a time such as '10 min', got 'soon'"
refused "$feed    every: [1 min]\n" 3:12 "expected one value for 'every'"
refused "$feed    follow: perhaps\n" 3:13 "expected yes or no, got 'perhaps'"
refused "$feed    lang: English\n" 3:11 "expected the code of a language"
refused "$feed  - url: HTTPS://Example.org:443/a.xml\n" 3:10 "feed https://example.org/a.xml is given twice"
refused 'every: often\n' 1:8 "expected a time such as '10 min', got 'often'"
refused 'settle-after: 400 days\n' 1:15 "'400 days' is longer than a year"
refused 'reports: [day, month]\n' 1:10 "expected day or week, got 'month'"
refused 'rules: [a, b]\n' 1:8 "expected one value for 'rules'"
refused 'rules:\n  a: b\n' 2:3 "expected one value for 'rules'"
refused 'allow-host: [[a]]\n' 1:14 "expected a list of words"
refused 'every: often\nreports: year\n' 2:10 "expected day or week"
said "bad.yml:1:8: error: expected a time"
TRACKER_EVERY=rarely run 4 extract --config /dev/null "$report"

# The example has every setting; what is commented out there is valid too.
run 1 doctor --config deploy/tracker.yml
grep -q '^ *feeds  *2$' "$TMPDIR/out" || fail "the example's feeds are not counted"
sed 's/^# \([a-z-]*: \)/\1/' deploy/tracker.yml >"$TMPDIR/all.yml"
run 1 doctor --config "$TMPDIR/all.yml"
! grep -E '\((option|environment|default)\)$' "$TMPDIR/out" ||
    fail "settings that deploy/tracker.yml does not name"
[ "$(grep -c '(config file)$' "$TMPDIR/out")" -ge 12 ] || fail "too few settings"

# Rules or an index that cannot be used.
run 4 extract --rules "$TMPDIR/no-rules" "$report"
said "$TMPDIR/no-rules"
run 4 extract --places "$TMPDIR/no.idx" "$report"
said 'tracker places import'
head -c 4096 "$report" >"$TMPDIR/text.idx"
run 4 extract --places "$TMPDIR/text.idx" "$report"
said "$TMPDIR/text.idx"
cp -R rules "$TMPDIR/rules"
printf 'format: strike-rules/1\nlanguage: en\nrules:\n  - rule: x\n    match: <kiled> were killed\n' \
    >"$TMPDIR/rules/en/zz.yml"
run 4 extract --rules "$TMPDIR/rules" "$report"
said 'zz.yml:5:'
[ ! -s "$TMPDIR/out" ] || fail "extracted with broken rules"
