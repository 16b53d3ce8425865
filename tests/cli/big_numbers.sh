#!/bin/bash
# Numbers beyond 31, 32 and 63 bits are exact or left out, never cut.
set -eu
. tests/cli/expect.bash

for number in 2,147,483,647 2,147,483,648 4,294,967,297 3000000000 9,223,372,036,854,775,807 \
    9223372036854775808 18446744073709551617 99999999999999999999999999999999999 \
    '7 billion' '40 trillion' '900000000000 million'; do
    printf 'The strike killed three people in Kherson. %s people were wounded.\n' "$number" \
        >"$TMPDIR/big.txt"
    run 0 extract "$TMPDIR/big.txt"
    reports 1
    holds 'r[0]["events"][0]["killed"]["best"] == 3'
    exact=$(sed 's/,//g; s/ million/000000/; s/ billion/000000000/; s/ trillion/000000000000/' <<<"$number")
    holds "all(c[k] in (None, 3, $exact) for e in r[0]['events'] for c in e['claims']
               for k in ('low', 'best', 'high'))"
    holds "r[0]['events'][0].get('wounded', {'best': $exact})['best'] in (None, $exact)"
done
# The date of a report may be as wrong.
printf 'Date: 99999999999-01-01\n\nThe strike killed three people in Kherson on Monday.\n' >"$TMPDIR/big.txt"
run 0 extract "$TMPDIR/big.txt"
holds 'r[0]["events"][0]["when"]["local_date"] is None'
