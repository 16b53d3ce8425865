#!/bin/sh
# `make format-check` and `make format`: the layout of .clang-format, as clang-format 14 (Debian 12)
# reads it. Other versions lay out a few things differently, so they check nothing.
#
#   tests/format.sh check|write
set -eu
cd "$(dirname "$0")/.."

tool=
for candidate in clang-format-14 clang-format; do
    case $("$candidate" --version 2>/dev/null) in
    *'version 14.'*)
        tool=$candidate
        break
        ;;
    esac
done
if [ -z "$tool" ]; then
    echo "format: clang-format 14 is not installed; nothing checked" >&2
    exit 0
fi

case ${1-} in
check) find tracker tests -name '*.[ch]' -exec "$tool" --dry-run --Werror {} + ;;
write) find tracker tests -name '*.[ch]' -exec "$tool" -i {} + ;;
*)
    echo "usage: tests/format.sh check|write" >&2
    exit 2
    ;;
esac
