#!/bin/bash
# Header lines, form feeds, ids, standard input, and what --published and --outlet fill.
set -eu
. tests/cli/expect.bash

printf 'Title: Two killed in Kherson\nDate: 2025-03-04\nURL: HTTPS://News.Example/a?utm_source=x\n\nA strike on Kherson killed two people on Tuesday.\n\f\nOne person was killed in Odesa on Tuesday.\n\f\n' \
    >"$TMPDIR/two.txt"
run 0 extract --published 2025-05-07 "$TMPDIR/two.txt"
reports 2
holds "r[0]['id'] == 'https://news.example/a' and r[1]['id'] == '$TMPDIR/two.txt#2'"
# Tuesday before the report's own date, and before the one given for the report that has none.
holds "r[0]['events'][0]['when']['local_date'] == '2025-03-04'"
holds "r[1]['events'][0]['when']['local_date'] == '2025-05-06'"
holds "r[0]['events'][0]['killed']['best'] == 2 and r[1]['events'][0]['killed']['best'] == 1"
# Spans are bytes of title, blank line, text.
holds "all(0 <= c['start'] < c['end'] for x in r for e in x['events'] for c in e['claims'])"

for operand in '' -; do
    # shellcheck disable=SC2086
    run 0 extract $operand <"$TMPDIR/two.txt"
    reports 2
    holds "r[1]['id'] == '-#2'"
done
# Windows line ends, a byte order mark.
{ printf '\357\273\277'; sed 's/$/\r/' "$TMPDIR/two.txt"; } >"$TMPDIR/dos.txt"
run 0 extract "$TMPDIR/dos.txt"
reports 2
holds "r[0]['id'] == 'https://news.example/a' and r[0]['events'][0]['killed']['best'] == 2"
# A date nobody can read is no date.
printf 'Date: last week\n\nA strike on Kherson killed two people on Tuesday.\n' >"$TMPDIR/date.txt"
run 0 extract "$TMPDIR/date.txt"
said 'ISO 8601'
holds "r[0]['events'][0]['when']['local_date'] is None"
