#!/usr/bin/env bash
# Every test, in two halves side by side: most of them wait for servers more than they compute, so two cores carry both.
# With arguments: one pytest with just these.
set -uo pipefail
cd "$(dirname "$0")/../.."
python=.venv/bin/python
deploy/local/setup.sh browser || exit
if [ $# -gt 0 ]; then exec "$python" -m pytest "$@"; fi

mkdir -p var
others=var/tests-but-integration.txt
set -m # a group of its own, so that the interrupt below is the one it gets
"$python" -m pytest --ignore=tests/integration >"$others" 2>&1 &
half=$!
set +m
trap 'kill -INT -- "-$half" 2>/dev/null' INT TERM
"$python" -m pytest tests/integration
first=$?
wait "$half"
second=$?
cat "$others"
[ "$first" -eq 0 ] && [ "$second" -eq 0 ]
