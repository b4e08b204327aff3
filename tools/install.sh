#!/bin/sh
# Makes .venv and installs the given lock files and the project itself (editable) into it.
#   tools/install.sh requirements/install.txt [requirements/dev.txt]
set -eu
cd "$(dirname "$0")/.."

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

can_make_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# The distribution's own first: it is built with optimisation, one compiled at home often is not and a third slower.
find_python() {
    fallback=
    for candidate in ${PYTHON:-/usr/bin/python3 python3 python3.11 python3.12 python3.13 python3.14}; do
        if is_new_enough "$candidate"; then
            if can_make_environments "$candidate"; then echo "$candidate"; return; fi
            fallback=${fallback:-$candidate}
        fi
    done
    if [ -n "$fallback" ]; then echo "$fallback"; return; fi
    echo "Python 3.11 or later is needed (apt-get install python3 python3-venv), or name one: make install PYTHON=..." >&2
    exit 1
}

make_environment() {
    python=$(find_python)
    if ! can_make_environments "$python"; then
        if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
            echo "Installing python3-venv ..."
            apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
        else
            echo "$python cannot make environments: apt-get install python3-venv (as root), then again." >&2
            exit 1
        fi
    fi
    echo "Making .venv with $("$python" --version) ..."
    "$python" -m venv .venv
}

[ -x .venv/bin/python ] && is_new_enough .venv/bin/python || make_environment

echo "Installing $* ..."
for lock in "$@"; do set -- "$@" -r "$lock"; shift; done
pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore .venv/bin/python -m pip install --quiet"
$pip --require-hashes --prefer-binary "$@"
$pip --no-deps --no-build-isolation --editable .
.venv/bin/python tools/translations.py compile
echo "Ready: .venv/bin/pms --help"
