#!/bin/bash
# Invalid UTF-8 and NUL bytes cost a warning, not the report.
set -eu
. tests/cli/expect.bash

# cleaned FORMAT: text with something wrong in it that still says three killed.
cleaned() {
    # shellcheck disable=SC2059
    printf "$1" >"$TMPDIR/bytes"
    run 0 extract "$TMPDIR/bytes"
    reports 1
    said replaced
    holds 'r[0]["events"][0]["killed"]["best"] == 3'
}
cleaned 'Three people were killed in Kherson on Monday. Caf\351 windows broke.\n'
cleaned 'Three people were killed in Kherson on Monday. \377\376 More later.\n'
cleaned 'Three people were killed in Kherson on Monday. Cut off \320'
# An overlong slash, a surrogate, a value past the last one.
cleaned 'Three people were killed in Kherson on Monday. \300\257 \355\240\200 \364\220\200\200 The governor said that
rescue workers were still searching the ruins of the house, and that the street was closed.\n'
cleaned 'Three people were killed in Kherson on Monday.\000 More later.\n'

printf '{"id": "bad", "text": "Three people were killed in Kherson. \303("}\n{"id": "nul\000", "text": "x"}\n{"id": "escaped", "text": "Three people \\u0000were killed in Kherson. \\ud800"}\n' \
    >"$TMPDIR/bytes.jsonl"
run 3 extract "$TMPDIR/bytes.jsonl"
reports 3
holds 'r[0]["id"] == "bad" and r[0]["events"][0]["killed"]["best"] == 3'
holds 'r[1]["events"] == [] and "NUL" in r[1]["error"]'
holds 'r[2]["id"] == "escaped" and "error" not in r[2]'
