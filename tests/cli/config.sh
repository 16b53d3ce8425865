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
