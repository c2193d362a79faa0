#!/bin/sh
# The long torture runs, on the vault and on PostgreSQL; then writes docs/reliability.md.
# Arguments go to both pytest runs, and nothing is written then.
set -u

figures=$(mktemp -d)
trap 'rm -rf "$figures"' EXIT
status=0

echo "== On the vault (SQLCipher)"
env -u UPSWING_DATABASE .venv/bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder --long \
    --figures "$figures/SQLCipher" tests/torture "$@" || status=1

echo "== On PostgreSQL"
.venv/bin/python tools/postgres.py .venv/bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder --long \
    --figures "$figures/PostgreSQL" tests/torture -m "not solo and not browser" "$@" || status=1

[ $# -gt 0 ] || .venv/bin/python tools/reliability.py "$figures"/*
exit $status
