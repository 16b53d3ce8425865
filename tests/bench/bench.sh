#!/bin/bash
# The body of `make bench`: how fast, beside the plain tool that does no more than the machine must.
#
#   tests/bench/bench.sh [FILE]
#
# FILE (or TEXT in the environment) holds reports that end at a form-feed line; without one, text
# is made from the fixtures (BYTES of it, kept under build/bench), and ingest is measured as well
# (INGEST_BYTES). Times are medians of RUNS, the two programs taking turns. Needs python3.
set -euo pipefail
cd "$(dirname "$0")/../.."
TRACKER=${TRACKER-build/tracker}
file=${1-${TEXT-}}
runs=${RUNS-5}
bytes=${BYTES-105000000}
ingest_bytes=${INGEST_BYTES-10000000}
bench=build/bench
log=$bench/log
mkdir -p "$bench"
: >"$log"

fail() { echo "bench: $*" >&2; exit 1; }

# seconds COMMAND...: prints how long it took. Exit 3 is fine: some reports of FILE may be bad.
seconds() {
    local start=$EPOCHREALTIME rc=0
    "$@" >/dev/null 2>>"$log" || rc=$?
    local us=$((${EPOCHREALTIME/./} - ${start/./}))
    [ "$rc" = 0 ] || [ "$rc" = 3 ] || { tail -n 5 "$log" >&2; fail "'$*' ended with exit $rc"; }
    printf '%d.%06d\n' $((us / 1000000)) $((us % 1000000))
}

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# calc EXPRESSION FORMAT: arithmetic that bash lacks.
calc() { awk "BEGIN { printf \"$2\", $1 }"; }

count_words() { LC_ALL=C.UTF-8 wc -w <"$1"; }

# Most memory a command held, in MB.
peak_memory() {
    python3 -c '
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
if code not in (0, 3):
    sys.exit(f"bench: exit {code}")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' "$@"
}

throughput() {
    local name=$1 path=$2 size
    size=$(stat -Lc %s "$path")
    cat "$path" >/dev/null
    : >"$bench/ours"
    : >"$bench/words"
    for _ in $(seq "$runs"); do
        seconds "$TRACKER" extract -q "$path" >>"$bench/ours"
        seconds count_words "$path" >>"$bench/words"
    done
    local ours words
    ours=$(median <"$bench/ours")
    words=$(median <"$bench/words")
    printf '%-12s %8s MB %10s MB/s %10s MB/s %8s\n' "$name" \
        "$(calc "$size / 1e6" %.1f)" "$(calc "$size / 1e6 / $ours" %.1f)" \
        "$(calc "$size / 1e6 / $words" %.1f)" "$(calc "$words / $ours" %.2f)"
}

# Reports and megabytes a second, on one thread and on two.
threads() {
    local name=$1 path=$2 size reports jobs took
    size=$(find "$path" -type f -printf '%s\n' | awk '{ n += $1 } END { print n }')
    reports=$({ "$TRACKER" extract -q "$path" 2>>"$log" || [ $? = 3 ]; } | wc -l)
    for jobs in 1 2; do
        took=$(for _ in $(seq "$runs"); do seconds "$TRACKER" extract -q --jobs $jobs "$path"; done | median)
        printf '%-12s %8s MB %8d reports %8d thread%s %10s reports/s %8s MB/s\n' "$name" \
            "$(calc "$size / 1e6" %.1f)" "$reports" $jobs "$([ $jobs = 1 ] && echo ' ' || echo s)" \
            "$(calc "$reports / $took" %.0f)" "$(calc "$size / 1e6 / $took" %.1f)"
    done
}

start_up() {
    for _ in $(seq "$runs"); do
        seconds "$TRACKER" extract -q fixtures/reports/peace-plan.txt
    done | median
}

# Into a database of its own, which is dropped again.
ingest() {
    local line name=bench_$$ took copied memory changed claims
    line=$(deploy/private-db.sh start)
    eval "$line"
    PGDATABASE=postgres psql -Xqc "CREATE DATABASE $name"
    trap 'PGDATABASE=postgres psql -Xqc "DROP DATABASE IF EXISTS '"$name"' WITH (FORCE)"' EXIT
    export PGDATABASE=$name
    "$TRACKER" init >/dev/null
    head -c "$ingest_bytes" "$bench/text.jsonl" | sed '$d' >"$bench/ingest.jsonl"
    SECONDS_START=$EPOCHREALTIME
    memory=$(python3 -c '
import resource, subprocess, sys
out = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, check=True).stdout
open(sys.argv[1], "wb").write(out)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' \
        "$bench/summary" "$TRACKER" ingest -q "$bench/ingest.jsonl")
    took=$(calc "(${EPOCHREALTIME/./} - ${SECONDS_START/./}) / 1e6" %.6f)
    changed=$(tail -n 1 "$bench/summary" | sed -n 's/.* \([0-9]*\) rows\{0,1\} changed$/\1/p')
    claims=$(psql -XAtc 'SELECT count(*) FROM tracker.claim')
    [ "${changed:-0}" -gt 0 ] && [ "$claims" -gt 0 ] || fail "nothing was ingested"

    psql -Xqc "\\copy (SELECT * FROM tracker.claim) TO '$bench/claims.copy'"
    for _ in $(seq "$runs"); do
        psql -Xqc 'DROP TABLE IF EXISTS claim_copy' -c 'CREATE TABLE claim_copy (LIKE tracker.claim)' \
            2>/dev/null
        seconds psql -Xqc "\\copy claim_copy FROM '$bench/claims.copy'"
    done >"$bench/copies"
    copied=$(median <"$bench/copies")

    printf '\n%-24s %10s %12s %12s\n' '' seconds rows/s claims/s
    printf '%-24s %10s %12s %12s\n' "ingest ($(wc -l <"$bench/ingest.jsonl") reports)" \
        "$(calc "$took" %.2f)" "$(calc "$changed / $took" %.0f)" "$(calc "$claims / $took" %.0f)"
    printf '%-24s %10s %12s %12s\n' "COPY of its claims" "$(calc "$copied" %.2f)" \
        "$(calc "$claims / $copied" %.0f)" "$(calc "$claims / $copied" %.0f)"
    printf '%-24s %10s %12s %12s\n' "ratio" '' "$(calc "($changed / $took) / ($claims / $copied)" %.2f)" \
        "$(calc "$copied / $took" %.2f)"
    printf '\npeak memory of ingest    %6s MB\n' "$memory"
}

[ -x "$TRACKER" ] || fail "no program at $TRACKER"
if [ -z "$file" ]; then
    # Made again when the fixtures, the maker or the wanted size change.
    stamp="$bytes $(cat tests/bench/make_text.py fixtures/reports/* | sha256sum)"
    if [ "$(cat "$bench/stamp" 2>/dev/null)" != "$stamp" ]; then
        python3 tests/bench/make_text.py --bytes "$bytes" "$bench"
        printf '%s\n' "$stamp" >"$bench/stamp"
    fi
fi

printf '%-12s %11s %15s %15s %8s\n' text size extract 'wc -w' ratio
if [ -n "$file" ]; then
    [ -r "$file" ] || fail "cannot read $file"
    throughput given "$file"
else
    throughput plain "$bench/text.txt"
    throughput 'JSON lines' "$bench/text.jsonl"
fi
printf '\nstart-up of extract      %6s ms\n' "$(calc "$(start_up) * 1000" %.0f)"
printf 'peak memory of extract   %6s MB\n' "$(peak_memory "$TRACKER" extract -q "${file:-$bench/text.txt}")"
if [ -z "$file" ]; then
    # The start of the same reports: threads and memory show on less.
    head -c "$((bytes / 5))" "$bench/text.jsonl" | sed '$d' >"$bench/part.jsonl"
    head -c "$((bytes / 5))" "$bench/text.txt" >"$bench/part.txt"
    python3 tests/bench/make_pages.py "$((bytes / 10))" "$bench"
    printf '\n'
    threads text "$bench/part.txt"
    threads 'JSON lines' "$bench/part.jsonl"
    threads HTML "$bench/pages"
    threads feeds "$bench/feeds"
    printf '\npeak memory of extract on two threads\n'
    for input in "$bench/part.jsonl" "$bench/text.jsonl"; do
        printf '%8s MB of JSON lines %8s MB\n' "$(calc "$(stat -c %s "$input") / 1e6" %.1f)" \
            "$(peak_memory "$TRACKER" extract -q --jobs 2 "$input")"
    done
    ingest
fi
if [ -z "$file" ]; then
    printf '\nreconciliation of a stream of events, without a database\n'
    ${RECONCILE_BENCH-build/reconcile_bench} ${EVENTS-10000 100000 1000000}
    printf '\nthe same stream through the database, in batches of 2,000 reports\n'
    PGDATABASE=postgres ${STORE_BENCH-build/store_bench} ${STORE_EVENTS-10000 100000}
    TRACKER=$TRACKER tests/bench/products.sh month
    TRACKER=$TRACKER tests/bench/views.sh
fi
