#!/bin/bash
# Folders are read recursively and sorted; hidden files, loops and FIFOs are passed over.
set -eu
. tests/cli/expect.bash
dir=$TMPDIR/in
mkdir -p "$dir/b/deep"
for name in c.txt a.txt b/deep/x.txt b/y.txt .hidden.txt; do
    printf 'One person was killed in Kherson (%s).\n' "$name" >"$dir/$name"
done
ln -s .. "$dir/b/up"
ln -s . "$dir/self"
mkfifo "$dir/fifo"

LIMIT=30 run 0 extract "$dir"
reports 4
holds "[x['id'][len('$dir/'):] for x in r] == ['a.txt', 'b/deep/x.txt', 'b/y.txt', 'c.txt']"
said "$dir/b/up: skipped"
said "$dir/self: skipped"
said "$dir/fifo: skipped"
# A path given twice is read twice; ids are the paths as given.
run 0 extract -q "$dir/c.txt" "$dir/a.txt" "$dir/c.txt"
holds "[x['id'] for x in r] == ['$dir/c.txt', '$dir/a.txt', '$dir/c.txt']"
mkdir "$TMPDIR/none"
run 0 extract "$TMPDIR/none"
reports 0
