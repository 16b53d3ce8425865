#!/bin/sh
# Installs the Debian packages that are missing, and says which and why.
#
#   deploy/deps.sh [build|run|test|slow]
#
# build: compiler and libraries. run (default): also the PostgreSQL server. test: also clang,
# clang-format, python3, docker-compose, nginx, groff and zsh. Nothing missing: prints nothing, needs no right.
set -eu

BUILD='gcc libc6-dev make pkg-config libpq-dev libyaml-dev libjson-c-dev libutf8proc-dev
libssl-dev libglib2.0-dev zlib1g-dev libxml2-dev libcurl4-openssl-dev tzdata'
RUN='util-linux'
TEST='libcunit1-dev clang libclang-rt-dev clang-format python3 git
groff-base zsh'
SLOW='chromium fonts-liberation fonts-dejavu-core'
POLICY=/usr/sbin/policy-rc.d
CLUSTER_CONF=/etc/postgresql-common/createcluster.conf

say() { printf 'deps: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# Any server will do, whoever packaged it.
have_server() {
    for initdb in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb 2>/dev/null)"; do
        [ -x "$initdb" ] && return 0
    done
    bindir=$(pg_config --bindir 2>/dev/null) && [ -x "$bindir/initdb" ]
}

have_nginx() {
    [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null
}

# The wanted packages that are not installed; one call of dpkg-query for all of them.
missing_of() {
    # shellcheck disable=SC2086
    installed=" $(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $1 2>/dev/null |
        sed -n 's/^installed //p' | tr '\n' ' ')"
    for package in $1; do
        case $installed in
        *" $package "*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

mode=${1-run}
case $mode in
build) wanted=$BUILD ;;
run) wanted="$BUILD $RUN" ;;
test) wanted="$BUILD $RUN $TEST" ;;
slow) wanted="$BUILD $RUN $TEST $SLOW" ;;
*) fail "usage: deploy/deps.sh [build|run|test|slow]" ;;
esac

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this is not a Debian system: install by hand the equivalents of" $wanted "and postgresql"

missing=$(missing_of "$wanted")
[ "$mode" = build ] || have_server || missing="${missing}postgresql "
if [ "$mode" = test ] && ! command -v docker-compose >/dev/null; then
    missing="${missing}docker-compose "
fi
[ "$mode" != test ] || have_nginx || missing="${missing}nginx-light "
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root() { "$@"; }
elif command -v sudo >/dev/null; then
    # Without a terminal a password can't be typed: fail at once, with a message, instead of hanging.
    if [ -t 0 ] && [ -t 2 ]; then
        as_root() { sudo -- "$@"; }
    else
        as_root() { sudo -n -- "$@"; }
    fi
    as_root true || fail "sudo refused; as root, run: apt-get install $missing"
else
    fail "packages are missing, and there is neither root nor sudo; as root, run:" \
        "apt-get install $missing"
fi

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 \
        -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

say "installing what is missing for 'make $mode': $missing"
apt update || say "apt-get update failed; trying with the package lists at hand"

case " $missing" in
*' postgresql '*)
    # The tracker starts a server of its own under build/: a system cluster would only take a
    # port and memory. A setting made by the administrator is kept.
    if ! grep -qs '^[[:space:]]*create_main_cluster' "$CLUSTER_CONF"; then
        say "PostgreSQL: no system cluster (create_main_cluster = false in $CLUSTER_CONF)"
        as_root mkdir -p "${CLUSTER_CONF%/*}"
        echo 'create_main_cluster = false' | as_root tee -a "$CLUSTER_CONF" >/dev/null
    fi
    ;;
esac

# The tests start an nginx of their own on a free port of this machine: that of the system is neither
# started now (policy-rc.d, unless the administrator has one) nor at the next boot.
case " $missing" in
*' nginx-light '*)
    say "nginx: installed for the tests, not started as a service"
    if [ ! -e "$POLICY" ]; then
        trap 'as_root rm -f "$POLICY"' EXIT
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
        as_root chmod 755 "$POLICY"
    fi
    ;;
esac

# shellcheck disable=SC2086
apt install --no-install-recommends $missing || fail "apt-get could not install: $missing"
case " $missing" in
*' nginx-light '*) as_root update-rc.d nginx disable >&2 || say "nginx may start at the next boot" ;;
esac
say "done"
