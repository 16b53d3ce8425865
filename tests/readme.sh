#!/bin/sh
# README.md and CONTRIBUTING.md name only what exists: files, `make` targets, `tracker` verbs.
set -eu
cd "$(dirname "$0")/.."
TRACKER=${TRACKER-build/tracker}
rc=0

result() {
    if [ -n "$2" ]; then
        printf 'not ok %s\n' "$1"
        printf '%s\n' "$2" | sed 's/^/    /'
        rc=1
    else
        echo "ok $1"
    fi
}

for page in README.md CONTRIBUTING.md; do
    if [ ! -s "$page" ]; then
        result "$page is there" "missing or empty"
        continue
    fi
    result "$page: links" "$(grep -o '](\([^)]*\))' "$page" | sed 's/^](//; s/)$//; s/#.*//' |
        while read -r link; do
            case $link in '' | http*://*) continue ;; esac
            [ -e "$link" ] || echo "no such file: $link"
        done)"
    # Paths in code, the ones that a clone holds; build/ comes later.
    result "$page: paths" "$(grep -oE '(tracker|sql|rules|fixtures|tests|deploy)/[A-Za-z0-9_./-]+' "$page" |
        grep -E '^(sql|rules|fixtures|tests|deploy)/|\.[ch]$' | sed 's/[.]$//' | sort -u |
        while read -r path; do
            [ -e "$path" ] || ls -d "$path"* >/dev/null 2>&1 || echo "no such path: $path"
        done)"
    result "$page: make targets" "$(grep -oE '(^ {4}|`|\$\()make( -[a-zA-Z]+)?( [a-z][a-z-]*)+' "$page" |
        sed -E 's/.*make( -[a-zA-Z]+)?//' | tr ' ' '\n' | sort -u |
        while read -r target; do
            [ -z "$target" ] || grep -qE "^([a-z-]+ )*$target( [a-z-]+)*:" Makefile ||
                echo "no target: make $target"
        done)"
    verbs=" $("$TRACKER" --help 2>&1 | sed -n 's/^ \{1,8\}\([a-z]*\)  .*/\1/p' | tr '\n' ' ') "
    result "$page: verbs" "$(grep -oE '(^ {4}|`|build/)tracker [a-z]+' "$page" |
        sed 's/.*tracker //' | sort -u |
        while read -r verb; do
            case $verbs in *" $verb "*) ;; *) echo "no verb: tracker $verb" ;; esac
        done)"
done
exit $rc
