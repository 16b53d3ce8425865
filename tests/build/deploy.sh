#!/bin/bash
# What is deployed is well formed: units as systemd reads them, with what keeps them in; containers as
# docker-compose reads them.
set -eu
fail() { echo "$*"; exit 1; }

mkdir "$TMPDIR/units"
ln -s "$TRACKER" "$TMPDIR/tracker" # a unit's command knows no blanks in a path
for unit in deploy/*.service deploy/*.timer; do
    sed "s,/usr/local/bin/tracker,$TMPDIR/tracker,g" "$unit" >"$TMPDIR/units/${unit##*/}"
done
if command -v systemd-analyze >/dev/null; then
    (cd "$TMPDIR/units" && SYSTEMD_UNIT_PATH=$PWD: systemd-analyze verify --man=no ./*) >"$TMPDIR/log" 2>&1 ||
        fail "systemd refuses a unit: $(cat "$TMPDIR/log")"
    ! grep "$TMPDIR/units" "$TMPDIR/log" || fail "systemd warns about a unit"
    for unit in "$TMPDIR"/units/*.service; do
        systemd-analyze security --offline=yes --threshold=25 "$unit" >"$TMPDIR/log" 2>&1 ||
            fail "${unit##*/} is not kept in: $(tail -n 3 "$TMPDIR/log")"
    done
fi
for unit in deploy/*.service; do
    for line in NoNewPrivileges=yes ProtectSystem=strict ProtectHome=yes CapabilityBoundingSet=; do
        grep -qx "$line" "$unit" || fail "$unit lacks $line"
    done
done
# The shell lines of the report's unit do what they say: without systemd's own escapes.
sed -n "s/^ExecStart=.bin.sh -c '\(.*\)'$/\1/p" "$TMPDIR/units/tracker-report.service" |
    sed 's/\$\$/$/g; s/%%/%/g' >"$TMPDIR/lines"
[ "$(wc -l <"$TMPDIR/lines")" = 2 ] || fail "the report's unit has other lines"
while read -r line; do sh -n -c "$line" || fail "not a shell line: $line"; done <"$TMPDIR/lines"

docker-compose config -q || fail "docker-compose refuses docker-compose.yml"
docker-compose --profile watch config >"$TMPDIR/compose"
python3 - "$TMPDIR/compose" <<'PY' || fail "the service watch is not kept in"
import re, sys
text = open(sys.argv[1]).read()
watch = re.search(r"^  watch:\n((?:    .*\n)+)", text, re.M).group(1)
for key in ["healthcheck:", "mem_limit:", "cpus:", "read_only: true", "user: tracker", "restart:",
            "no-new-privileges", "cap_drop:", "volumes:"]:
    assert key in watch, key
PY
