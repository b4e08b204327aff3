#!/bin/sh
# What the tests use besides Python. As root on Debian or Ubuntu whatever is missing is installed; otherwise it is named,
# and the tests that need it say at the end that they could not run.
set -u

missing=""
need() { missing="$missing $1"; }

command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || need chromium
command -v pdftotext >/dev/null || need poppler-utils
fc-list :lang=zh 2>/dev/null | grep -q . || need fonts-noto-cjk
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need postgresql

[ -z "$missing" ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing ..."
    # The tests start a PostgreSQL of their own; Debian's would only occupy the port.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
    apt-get update -qq
    # shellcheck disable=SC2086
    UCF_FORCE_CONFFOLD=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
    echo "apt-get could not install all of:$missing" >&2
fi
echo "Not on this machine:$missing. The tests that need them will be named as not run (apt-get install$missing)." >&2
