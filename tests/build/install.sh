#!/bin/bash
# `make install` puts the program and its data under DESTDIR and PREFIX, and the program installed
# there knows where its rules are.
set -eu
copy="$TMPDIR/a copy"
dest="$TMPDIR/it's there"
mkdir -p "$copy"
tar -c --exclude=build/pg --exclude=build/test-pg --exclude=build/test-logs --exclude=build/san \
    --exclude=build/fuzz --exclude=.git . | tar -x -C "$copy"
cd "$copy"
make -s install DESTDIR="$dest" PREFIX=/opt/tracker
[ -x "$dest/opt/tracker/bin/tracker" ]
for d in rules sql; do
    (cd $d && find . -type f ! -name '.*' | LC_ALL=C sort) >"$TMPDIR/here"
    (cd "$dest/opt/tracker/share/tracker/$d" && find . -type f | LC_ALL=C sort) >"$TMPDIR/there"
    diff "$TMPDIR/here" "$TMPDIR/there"
done
"$dest/opt/tracker/bin/tracker" --version
grep -qx 'ExecStart=/opt/tracker/bin/tracker watch' "$dest/opt/tracker/lib/systemd/system/tracker-watch.service"
[ -f "$dest/opt/tracker/lib/systemd/system/tracker-report.timer" ]
cmp deploy/tracker.yml "$dest/opt/tracker/share/tracker/tracker.yml"
for page in tracker tracker-help tracker-ingest tracker-rules; do
    grep -q '^\.SH SYNOPSIS' "$dest/opt/tracker/share/man/man1/$page.1"
done
grep -q '^complete -F _tracker tracker' "$dest/opt/tracker/share/bash-completion/completions/tracker"
grep -q '^#compdef tracker' "$dest/opt/tracker/share/zsh/site-functions/_tracker"
grep -aq /opt/tracker/share/tracker "$dest/opt/tracker/bin/tracker"

# Installed for real, it works from a folder without rules.
make -s install PREFIX="$TMPDIR/prefix"
cd "$TMPDIR"
printf 'A drone strike on Ternopil killed 2 people on Monday.\n' |
    "$TMPDIR/prefix/bin/tracker" extract --published 2025-11-19 - >out.jsonl
grep -q Ternopil out.jsonl
