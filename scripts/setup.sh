#!/bin/sh
# Build .venv with the locked versions, wheels only. Called by make when .venv is missing or stale.
# Needs Python 3.11 or newer with venv; brings uv by pip when there is none.
set -eu
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
TOOLS=var/tools
# The environment of a caller must not decide where ours goes, and no interpreter is fetched.
unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT || true
export UV_PYTHON_DOWNLOADS=never
# A network may have a certificate authority of its own; uv brings a list and does not look there by itself.
if [ -s /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"; fi

say() { printf '%s\n' "setup: $*" >&2; }

find_python() {
    for candidate in "${PYTHON:-}" python3.11 python3 python3.12 python3.13; do
        if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    say "Python 3.11 or newer is needed: install it, or give its path as PYTHON=…"
    exit 1
}

need_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    line="apt-get install -y --no-install-recommends python3-venv python3-pip"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Python has no venv and pip here; installing them"
        apt-get update && DEBIAN_FRONTEND=noninteractive $line
    else
        say "Python has no venv and pip here. Run this as root, then try again:"
        say "  apt-get update && $line"
        exit 1
    fi
}

own_uv() {
    if [ ! -x "$TOOLS/bin/uv" ] || [ "$("$TOOLS/bin/uv" --version | cut -d' ' -f2)" != "$UV_VERSION" ]; then
        need_venv
        say "bringing uv $UV_VERSION by pip"
        rm -rf "$TOOLS"
        "$python" -m venv "$TOOLS"
        "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: "uv==$UV_VERSION"
    fi
    uv="$TOOLS/bin/uv"
}

sync() { "$uv" sync --quiet --frozen --no-build --python "$python"; }

python=$(find_python)
say "building .venv with $("$python" --version)"
if uv=$(command -v uv) && sync; then :; else
    # None there, or one that is too old for our lock file.
    own_uv
    sync
fi
.venv/bin/python scripts/messages.py compile >&2
touch .venv/.ready
