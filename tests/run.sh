#!/bin/bash
# The body of `make test`: every check, one line each with its count and time, and as the last line
# the sum over all, "N passed, N failed". Logs stay under build/test-logs/.
set -u
cd "$(dirname "$0")/.." || exit
MAKE=${MAKE-make}
logs=build/test-logs
mkdir -p "$logs"
passed=0
failed=0
export ASAN_OPTIONS=${ASAN_OPTIONS-detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS-print_stacktrace=1}

# step NAME COMMAND...: counts the lines "ok ..." and "not ok ..." that the command prints; one that
# prints none counts as one, by its exit code.
step() {
    local name=$1 log=$logs/$1.log start=$EPOCHREALTIME rc=0 good bad
    shift
    "$@" >"$log" 2>&1 </dev/null || rc=$?
    good=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    if [ "$rc" != 0 ] && [ "$bad" = 0 ]; then
        bad=1
        tail -n 40 "$log" | sed 's/^/    /'
    elif [ "$rc" = 0 ] && [ "$good" = 0 ] && [ "$bad" = 0 ]; then
        good=1
    fi
    sed -n '/^not ok /,/^ok /{/^ok /d;p}' "$log" | head -n 200
    passed=$((passed + good))
    failed=$((failed + bad))
    local ms=$(((${EPOCHREALTIME/./} - ${start/./}) / 1000))
    printf '%-16s %5d passed %s %4d.%d s\n' "$name" "$good" \
        "$([ "$bad" = 0 ] && echo '          ' || printf '%3d failed' "$bad")" \
        $((ms / 1000)) $((ms % 1000 / 100))
    [ "$bad" = 0 ]
}

finish() {
    deploy/private-db.sh remove build/test-pg >/dev/null 2>&1
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" = 0 ]
    exit
}

# Suites that need a server get a database of their own on the test server.
unit_tests() {
    local line
    line=$(VOLATILE=1 deploy/private-db.sh start build/test-pg) || return 1
    eval "$line"
    psql -Xqc 'DROP DATABASE IF EXISTS unit' -c 'CREATE DATABASE unit' 2>/dev/null || return 1
    export PGDATABASE=unit
    local program rc=0
    build/san/tests || rc=1
    for program in tests/*/alone_*.c; do
        [ ! -f "$program" ] || "build/san/$(basename "$program" .c)" || rc=1
    done
    return $rc
}

# Each driver reads every file of its corpus; a crash names the driver.
replay_corpora() {
    local driver name rc=0
    for driver in tests/fuzz/fuzz_*.c; do
        name=$(basename "$driver" .c)
        if [ -z "$(ls -A "tests/fuzz/corpus/${name#fuzz_}" 2>/dev/null)" ]; then
            echo "not ok $name: no corpus in tests/fuzz/corpus/${name#fuzz_}"
            rc=1
        elif "build/san/$name" "tests/fuzz/corpus/${name#fuzz_}"/*; then
            echo "ok $name"
        else
            echo "not ok $name"
            rc=1
        fi
    done
    return $rc
}

compose_config() {
    docker-compose -f docker-compose.yml config -q
}

deploy/private-db.sh remove build/test-pg

step layers tests/layers.sh
step format tests/format.sh check
! command -v docker-compose >/dev/null || step compose compose_config
built=1
step build "$MAKE" WERROR=1 all || built=0
step build-san "$MAKE" WERROR=1 VARIANT=san all tests fuzz || built=0
! command -v clang >/dev/null || step clang "$MAKE" -k clang-syntax
[ "$built" = 1 ] || finish

step unit unit_tests
step rules build/tracker rules test rules
! ls tests/fuzz/fuzz_*.c >/dev/null 2>&1 || step corpora replay_corpora
step cli env TRACKER="$PWD/build/san/tracker" tests/scripts.sh cli
step sql tests/scripts.sh sql
step make tests/scripts.sh build
step readme tests/readme.sh
finish
