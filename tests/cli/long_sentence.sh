#!/bin/bash
# A sentence of 100,000 words takes seconds, whatever its words are.
set -eu
. tests/cli/expect.bash

# sentence WORDS: WORDS over and over, 100,000 words in all, with a claim at its end.
sentence() {
    python3 -c '
import sys
words = sys.argv[1].split()
print(" ".join(words[i % len(words)] for i in range(100_000)) + " and three people were killed in Kherson.")
' "$1" >"$TMPDIR/long.txt"
    LIMIT=20 run 0 extract "$TMPDIR/long.txt"
    reports 1
}
sentence 'the river went on past the mill'
# What rules begin with, what gaps run over, numbers without end, places without end.
sentence 'killed'
sentence 'and another wounded people'
sentence 'twenty-one hundred and'
sentence '19 people killed , 66 wounded ,'
sentence 'Kherson Ternopil of'
sentence 'said according to the'
sentence 'not yet on Monday night'
sentence '"'
sentence '1,000,000'
