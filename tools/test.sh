#!/bin/sh
# Runs every test twice: on the vault (SQLCipher), then on PostgreSQL what does not need the vault
# or the local page as a process of its own. Arguments go to both pytest runs.
set -u

pytest="$(pwd)/.venv/bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder"
status=0

echo "== On the vault (SQLCipher)"
env -u UPSWING_DATABASE $pytest "$@" || status=1

echo "== On PostgreSQL"
.venv/bin/python tools/postgres.py $pytest -m "not solo and not browser" "$@" || status=1

exit $status
