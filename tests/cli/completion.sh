#!/bin/bash
# A real bash and a real zsh complete verbs, their words, options and arguments.
set -eu
. tests/cli/expect.bash

run 129 help --completion fish
said "expected bash or zsh"
run 129 help --completion bash ingest

"$TRACKER" help --completion bash >"$TMPDIR/tracker.bash"
offers() {
    local want=$1 got
    shift
    got=$(bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tracker 2>/dev/null
        echo "${COMPREPLY[*]}"' "$TMPDIR/tracker.bash" tracker "$@")
    [ "$got" = "$want" ] || fail "bash, tracker $*: offers '$got' instead of '$want'"
}
offers incidents inc
offers "check coverage" rules c
offers "--published --places" extract --p
offers "bash zsh" help --completion ""
offers "decide" help dec
offers "README.md" ingest READ
offers "tests" rules check --rules test
offers "" incidents --country ""
offers "md" report --format m
offers "geojson" export --format geo

mkdir "$TMPDIR/functions"
"$TRACKER" help --completion zsh >"$TMPDIR/functions/_tracker"
zsh -n "$TMPDIR/functions/_tracker" || fail "zsh cannot read its completion"
# shows PATTERN LINE: a zsh on a terminal of its own lists what may follow; waits for the pattern.
cat >"$TMPDIR/shows.zsh" <<'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; \
zstyle ':completion:*' verbose no; LISTMAX=1000; bindkey '^I' list-choices; PROMPT=; echo REA''DY"
zpty -r -m shell text '*READY*'
zpty -w -n shell "tracker $3"$'\t'
zpty -r -m shell text "$2"
zpty -d shell
END
shows() {
    timeout 60 zsh -f "$TMPDIR/shows.zsh" "$TMPDIR/functions" "$1" "$2" >/dev/null ||
        fail "zsh, tracker $2: does not offer $1"
}
shows "*incidents*" inc
shows "*check*coverage*" "rules c"
shows "*--batch*" "ingest --ba"
shows "*bash*zsh*" "help --completion "
