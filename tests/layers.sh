#!/bin/sh
# The house's rules that a machine can check (`make layers`). Prints FILE:LINE: what is wrong.
#
#   tests/layers.sh [DIR]     DIR is the tree to look at, the project's own unless given
#
# - a file includes its own floor and floors below; a library only on the floor that owns it;
# - file names are unique in tracker/ and tests/; a file in tracker/ has at most 700 lines;
# - no function without bounds or with hidden state; only cli/ ends the program;
# - no floating point on the floors whose results must not depend on it;
# - tests/suites.h lists exactly the suites there are.
set -eu
cd "${1-$(dirname "$0")/..}"

sources=$(find tracker tests -name '*.[ch]' | LC_ALL=C sort)
scripts=$(find tests -name '*.sh' | LC_ALL=C sort)

# shellcheck disable=SC2086
check_files() {
    LC_ALL=C awk '
    BEGIN {
        n = split("base text read rules extract reconcile store pipeline report cli", floors)
        for (i = 1; i <= n; i++) rank[floors[i]] = i

        owner["libpq-fe.h"] = "store"; owner["yaml.h"] = "rules"; owner["utf8proc.h"] = "text"
        owner["glib.h"] = "extract"; owner["gio/"] = "extract"; owner["openssl/"] = "base"
        owner["json-c/"] = "read"; owner["json.h"] = "read"; owner["libxml/"] = "read"
        owner["curl/"] = "read"; owner["zlib.h"] = "extract"

        # C11 and POSIX; anything else is a library and needs an owner above.
        n = split("assert.h ctype.h dirent.h errno.h fcntl.h fnmatch.h getopt.h inttypes.h " \
            "iconv.h limits.h locale.h math.h poll.h pthread.h sched.h signal.h stdalign.h stdarg.h " \
            "stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h " \
            "strings.h time.h unistd.h wchar.h sys/file.h sys/ioctl.h sys/mman.h sys/resource.h " \
            "sys/socket.h netinet/in.h sys/stat.h sys/time.h sys/types.h sys/uio.h sys/wait.h emmintrin.h immintrin.h", list)
        for (i = 1; i <= n; i++) system_header[list[i]] = 1

        n = split("strcpy stpcpy strcat sprintf vsprintf strtok atoi atol atoll atof gets alloca " \
            "setjmp longjmp system popen", list)
        for (i = 1; i <= n; i++) banned[list[i]] = "is banned"
        n = split("exit _exit _Exit quick_exit", list)
        for (i = 1; i <= n; i++) ends[list[i]] = 1
        n = split("float double strtof strtod strtold", list)
        for (i = 1; i <= n; i++) inexact[list[i]] = 1
        n = split("text rules extract reconcile", list)
        for (i = 1; i <= n; i++) exact_floor[list[i]] = 1
    }
    function wrong(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; failed = 1 }

    # The line without comments; in_comment lasts from line to line. Strings are kept whole, so that
    # a "/*" in one opens nothing, and emptied unless keep is set.
    function strip(line, keep,    out, c, two, q) {
        out = ""
        while (line != "") {
            two = substr(line, 1, 2); c = substr(line, 1, 1)
            if (in_comment) {
                if (two == "*/") { in_comment = 0; line = substr(line, 3) } else line = substr(line, 2)
            } else if (two == "/*") { in_comment = 1; out = out " "; line = substr(line, 3)
            } else if (two == "//") { break
            } else if (c == "\"" || c == "\047") {
                q = c; out = out c; line = substr(line, 2)
                while (line != "" && substr(line, 1, 1) != q) {
                    c = substr(line, 1, 1) == "\\" ? 2 : 1
                    if (keep) out = out substr(line, 1, c)
                    line = substr(line, 1 + c)
                }
                out = out q; line = substr(line, 2)
            } else { out = out c; line = substr(line, 2) }
        }
        return out
    }
    function check_library(name,    stem) {
        if (name in system_header) return
        stem = name; sub(/\/.*/, "/", stem)
        if (name in owner) stem = name
        if (!(stem in owner)) wrong("<" name "> is no system header and no library of this project")
        else if (owner[stem] != floor) wrong("<" name "> belongs to " owner[stem] "/ only")
    }
    function check_include(line,    name, target) {
        name = line; sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name); name = substr(name, 2)
        sub(/[">].*/, "", name)
        if (line ~ /include[ \t]*</) { check_library(name); return }
        target = name; sub(/\/.*/, "", target)
        if (!(target in rank)) wrong("include \"" name "\" as \"floor/file.h\"")
        else if (rank[target] > rank[floor]) wrong(floor "/ includes " name " from a floor above")
    }
    function check_words(code,    word, rest, called) {
        while (match(code, /[A-Za-z_][A-Za-z_0-9]*/)) {
            word = substr(code, RSTART, RLENGTH)
            rest = substr(code, RSTART + RLENGTH); called = rest ~ /^[ \t]*\(/
            if (called && (word in banned)) wrong(word "() is banned")
            if (called && floor != "" && floor != "cli" && (word in ends))
                wrong(word "(): only cli/ ends the program")
            if ((floor in exact_floor) && (word in inexact)) wrong(word ": no floating point here")
            code = rest
        }
    }
    FNR == 1 {
        in_comment = 0; floor = ""
        if (FILENAME ~ /^tracker\//) { split(FILENAME, part, "/"); floor = part[2] }
        if (FILENAME ~ /^tracker\// && !(floor in rank)) wrong("tracker/" floor "/ is not a floor")
    }
    FNR == 701 && floor != "" { wrong("more than 700 lines") }
    {
        was_comment = in_comment
        code = strip($0, 0)
        if (code ~ /^[ \t]*#[ \t]*include/) {
            in_comment = was_comment
            if (floor != "") check_include(strip($0, 1))
        } else check_words(code)
    }
    END { exit failed }
    ' $sources
}

check_names() {
    twice=$(for file in $sources $scripts; do echo "${file##*/}"; done | LC_ALL=C sort | uniq -d)
    for name in $twice; do
        echo "$(find tracker tests -name "$name" | tr '\n' ' '): one name, several files"
    done
    [ -z "$twice" ]
}

check_suites() {
    listed=$(sed -n 's/^SUITE(\([a-z0-9_]*\)).*/\1/p' tests/suites.h | LC_ALL=C sort)
    present=$(find tests -name 'test_*.c' ! -path 'tests/fuzz/*' |
        sed 's,.*/test_,,; s,\.c$,,' | LC_ALL=C sort)
    [ "$listed" = "$present" ] && return 0
    printf '%s\n' "$listed" "$present" | LC_ALL=C sort | uniq -u |
        sed '/^$/d; s|.*|tests/suites.h: &: listed without a test_&.c, or the other way round|'
    return 1
}

rc=0
check_files || rc=1
check_names || rc=1
check_suites || rc=1
exit $rc
