#!/bin/bash
# A warning fails `make WERROR=1`, also in a file that was compiled before without it, but not `make`;
# an unchanged tree compiles nothing.
set -eu
mkdir -p "$TMPDIR/tree/tracker/cli"
cp Makefile "$TMPDIR/tree"
cd "$TMPDIR/tree"
printf 'int main(void)\n{\n    int unused;\n    return 0;\n}\n' >tracker/cli/main.c
make -s >/dev/null 2>"$TMPDIR/said"
grep -q unused "$TMPDIR/said" || { echo "no warning"; exit 1; }
! make -s WERROR=1 >/dev/null 2>&1 || { echo "WERROR=1 accepts a warning"; exit 1; }
printf 'int main(void)\n{\n    return 0;\n}\n' >tracker/cli/main.c
make -s WERROR=1 >/dev/null
! make | grep CC || { echo "compiled again without a reason"; exit 1; }
make CFLAGS=-O0 | grep CC || { echo "other flags compile nothing"; exit 1; }
