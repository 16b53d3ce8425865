#!/bin/bash
# tests/layers.sh accepts the tree as it is and refuses each violation planted in a copy.
set -eu
copy=$TMPDIR/tree
mkdir -p "$copy"
find tracker tests \( -name '*.[ch]' -o -name '*.sh' \) -exec cp --parents {} "$copy" \;
check() { tests/layers.sh "$copy"; }
check || { echo "the tree itself is refused"; exit 1; }

# plant PATH MESSAGE: the file's content comes from standard input.
plant() {
    mkdir -p "$copy/${1%/*}"
    cat >"$copy/$1"
    if said=$(check); then
        echo "not refused: $2"
        exit 1
    fi
    case $said in
    *"$2"*) ;;
    *)
        echo "refused with another message than '$2': $said"
        exit 1
        ;;
    esac
    rm "$copy/$1"
}

plant tracker/text/planted_up.c 'text/ includes rules/x.h from a floor above' <<<'#include "rules/x.h"'
plant tracker/base/planted_lib.c '<libpq-fe.h> belongs to store/ only' <<<'#include <libpq-fe.h>'
plant tracker/text/planted_json.c '<json-c/json.h> belongs to read/ only' <<<'#include <json-c/json.h>'
plant tracker/read/planted_ssl.c '<openssl/evp.h> belongs to base/ only' <<<'#include <openssl/evp.h>'
plant tracker/read/planted_other.c '<lzma.h> is no system header' <<<'#include <lzma.h>'
plant tracker/read/planted_bare.c 'as "floor/file.h"' <<<'#include "report.h"'
plant tracker/cellar/planted.c 'tracker/cellar/ is not a floor' <<<'int x;'
plant tracker/base/planted_copy.c 'strcpy() is banned' <<<'void f(char *a) { /* ok */ strcpy (a, "/*"); }'
plant tests/base/planted_atoi.c 'atoi() is banned' <<<'int f(void) { return atoi("1"); }'
plant tracker/store/planted_exit.c 'exit(): only cli/' <<<'void f(void) { exit(1); }'
plant tracker/extract/planted_float.c 'no floating point' <<<'double x;'
plant tracker/base/planted_long.c 'more than 700 lines' <<<"$(seq 1 701 | sed 's,.*,//,')"
plant tests/text/test_planted.c 'test_planted.c' <<<'int x;'
plant tests/text/runner.c 'one name, several files' <<<'int x;'
plant tracker/base/planted_after.c 'gets() is banned' <<'END'
/* a comment
   over lines */ char *f(char *s) { return gets(s); }
END

# What only looks like a violation is none.
cat >"$copy/tracker/base/planted_fine.c" <<'END'
/* strcpy(a, b) and
   exit(1) */
const char *text = "sprintf(\"/*\", 1)"; // gets(x)
int my_exit(int system);
END
check
