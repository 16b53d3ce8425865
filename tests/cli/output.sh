#!/bin/bash
# A reader that goes away and a full disk end the run with a message, not with a signal.
set -eu
. tests/cli/expect.bash
report=fixtures/reports/peace-plan.txt

python3 tests/bench/make_text.py --bytes 3000000 "$TMPDIR/made"
{
    "$TRACKER" extract "$TMPDIR/made/text.txt" 2>"$TMPDIR/err" && echo 0 >"$TMPDIR/rc" || echo $? >"$TMPDIR/rc"
} | head -c 100 >/dev/null
[ "$(cat "$TMPDIR/rc")" = 1 ] || fail "closed pipe: exit $(cat "$TMPDIR/rc")"
said 'cannot write'

for arguments in "extract $report" '--help' 'extract --help'; do
    rc=0
    # shellcheck disable=SC2086
    "$TRACKER" $arguments >/dev/full 2>"$TMPDIR/err" || rc=$?
    [ "$rc" = 1 ] || fail "full disk: tracker $arguments: exit $rc"
    said 'cannot write'
done
rc=0
"$TRACKER" extract "$report" >&- 2>"$TMPDIR/err" || rc=$?
[ "$rc" = 1 ] || fail "closed output: exit $rc"
