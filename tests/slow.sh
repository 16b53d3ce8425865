#!/bin/bash
# The body of `make check-slow`: each fuzzer for FUZZ_SECONDS from its corpus, then tests/slow/*.sh.
set -eu
cd "$(dirname "$0")/.."
MAKE=${MAKE-make}
seconds=${FUZZ_SECONDS-120}
failed=0

"$MAKE" all
if ls tests/fuzz/fuzz_*.c >/dev/null 2>&1; then
    "$MAKE" VARIANT=fuzz fuzz
    for driver in tests/fuzz/fuzz_*.c; do
        name=$(basename "$driver" .c)
        # What it finds on the way stays under build/; a crash is worth a file in the corpus.
        mkdir -p "build/fuzz/found/$name" "tests/fuzz/corpus/${name#fuzz_}"
        echo "$name: $seconds s"
        if "build/fuzz/$name" -max_total_time="$seconds" -max_len=65536 -timeout=10 \
            -rss_limit_mb=2048 -artifact_prefix="build/fuzz/$name-" -print_final_stats=1 \
            "build/fuzz/found/$name" "tests/fuzz/corpus/${name#fuzz_}" >"build/fuzz/$name.log" 2>&1
        then
            echo "ok $name: $(grep -o 'number_of_executed_units.*' "build/fuzz/$name.log")"
        else
            echo "not ok $name"
            tail -n 30 "build/fuzz/$name.log" | sed 's/^/    /'
            failed=1
        fi
    done
fi
tests/scripts.sh slow || failed=1
exit $failed
