#!/usr/bin/env bash
# Pins requirements*.in with hashes of what the public index serves, whatever mirror or wheel folder this machine is set
# up with. What comes out names no index, no folder and no host.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -n "${PIP_CERT:-}" ] || PIP_CERT=$(python3 -m pip config get global.cert 2>/dev/null || true)
export PIP_CERT
[ -n "$PIP_CERT" ] || unset PIP_CERT
export PIP_CONFIG_FILE=/dev/null
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL
export CUSTOM_COMPILE_COMMAND="make requirements"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work"
"$work/bin/pip" install --quiet --disable-pip-version-check pip-tools==7.6.2
for name in requirements requirements-dev; do
    "$work/bin/pip-compile" --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --output-file="$name.txt" "$name.in"
done
