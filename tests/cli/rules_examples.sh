#!/bin/bash
# Examples are tests of their rules: a failing one, a rule that wins none of its own, two rules that read one text
# differently, a known problem. `rules test` and `rules check` exit 4 and say where and why.
set -eu
. tests/cli/expect.bash

rules=$TMPDIR/rules
cp -R fixtures/rules_min "$rules"
run 0 rules test "$rules"
grep -q '^0 errors' "$TMPDIR/out" || fail "the good rules have errors"
grep -q ' examples$' "$TMPDIR/out" || fail "examples are not counted"

file() {
    { printf 'format: strike-rules/1\nlanguage: en\nrules:\n'; cat; } >"$rules/en/more.yml"
}

file <<'END'
  - rule: wrong
    match: perished <killed>
    examples:
      - text: There perished ten soldiers.
        expect: {killed: 11}
      - text: Nothing perished.
        expect: nothing
END
run 4 rules test "$rules"
said 'more.yml:7:9: error: example of wrong: expected killed: exact (low 11, best 11, high 11), found exact (low 10, best 10, high 10)'

file <<'END'
  - rule: surplus
    match: perished <killed>
    examples:
      - text: There perished ten soldiers.
        expect: nothing
      - text: There perished five soldiers.
        expect: {killed: 5}
END
run 4 rules check "$rules"
said 'example of surplus: found killed: exact (low 10, best 10, high 10) by rule surplus'

file <<'END'
  - rule: never-best
    match: <killed> were
    examples:
      - text: Ten soldiers were killed.
        expect: {killed: 10}
      - text: Nothing.
        expect: nothing
END
run 4 rules test "$rules"
said 'rule never-best wins none of its own examples'

file <<'END'
  - rule: one-reading
    match: fell <killed>
    examples:
      - text: There fell ten soldiers.
        expect: {killed: 10}
      - text: Nothing fell.
        expect: nothing
  - rule: another-reading
    match: fell <wounded>
    examples:
      - text: There fell five soldiers.
        expect: {wounded: 5}
      - text: Nothing fell.
        expect: nothing
END
run 4 rules test "$rules"
said 'one-reading'
said 'another-reading'
said 'prefer over:'
# At ingest a tie is silence with a warning, never one of the readings.
printf 'There fell ten soldiers.\n' >"$TMPDIR/report.txt"
run 0 extract --rules "$rules" "$TMPDIR/report.txt"
! grep -q '"killed"\|"wounded"' "$TMPDIR/out" || fail "a tie gives a number"
said another-reading

file <<'END'
  - rule: not-yet
    match: perished <killed>
    examples:
      - text: There perished ten soldiers.
        expect: {killed: 10}
      - text: The soldiers perished all ten.
        expect: {killed: 10}
        known problem: the count stands behind
      - text: Nothing perished.
        expect: nothing
END
run 0 rules test "$rules"
said 'known problem'
