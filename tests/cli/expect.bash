# What the tests of the command line share; sourced, not run.

fail() {
    echo "$*"
    for file in out err; do
        [ ! -s "$TMPDIR/$file" ] || { echo "--- $file:"; head -c 2000 "$TMPDIR/$file"; }
    done
    exit 1
}

# run CODE ARGUMENTS...: runs the program with what stands on standard input; out and err keep what
# it printed. Any other exit code fails the test.
run() {
    local want=$1 got=0
    shift
    timeout "${LIMIT-120}" "$TRACKER" "$@" >"$TMPDIR/out" 2>"$TMPDIR/err" || got=$?
    [ "$got" = "$want" ] || fail "tracker $*: exit $got instead of $want"
}

# said TEXT, printed TEXT: on standard error, on standard output.
said() { grep -qF -- "$1" "$TMPDIR/err" || fail "standard error lacks: $1"; }
printed() { grep -qF -- "$1" "$TMPDIR/out" || fail "standard output lacks: $1"; }

# reports N: as many lines, each a whole JSON object in UTF-8.
reports() {
    [ "$(wc -l <"$TMPDIR/out")" = "$1" ] || fail "$(wc -l <"$TMPDIR/out") reports instead of $1"
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    report = json.loads(line)
    assert report["format"] == "strike-extract/1" and isinstance(report["id"], str), line
    assert isinstance(report["events"], list), line' "$TMPDIR/out" || fail "not JSON lines"
}

# holds EXPRESSION: Python, over r, the list of reports printed.
holds() {
    python3 -c '
import json, sys
r = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
sys.exit(0 if eval(sys.argv[2]) else 1)' "$TMPDIR/out" "$1" || fail "does not hold: $1"
}
