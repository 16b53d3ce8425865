#!/bin/bash
# The page of a situation report in headless Chromium at three widths, against stored pictures.
#
#   UPDATE=1    stores what it sees now (look at it before you commit it)
set -eu
deploy/deps.sh slow
"$TRACKER" init >/dev/null
"$TRACKER" ingest -q fixtures/cookbook/1-until-friday.jsonl >/dev/null
"$TRACKER" ingest -q fixtures/cookbook/2-since-friday.jsonl >/dev/null
# The moment is the one thing that differs from run to run.
"$TRACKER" report --period 2025-11-17..2025-11-23 --format html |
    sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z/2025-11-24T06:00:00.000000Z/g; s/rule set [0-9a-f, ]{16,}/rule set 0123456789abcdef/g' \
        >"$TMPDIR/page.html"
failed=0
for width in 360 800 1400; do
    stored=tests/slow/screens/$width.png
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars \
        --disable-background-networking --disable-component-update --disable-sync \
        --force-device-scale-factor=1 --user-data-dir="$TMPDIR/profile" --window-size=$width,2400 \
        --screenshot="$TMPDIR/$width.png" "file://$TMPDIR/page.html" >/dev/null 2>&1
    if [ "${UPDATE-0}" = 1 ]; then
        cp "$TMPDIR/$width.png" "$stored"
        continue
    fi
    python3 tests/slow/png_differ.py "$stored" "$TMPDIR/$width.png" || failed=1
done
exit $failed
