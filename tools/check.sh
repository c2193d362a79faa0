#!/bin/sh
# Every check that is not a test. All of them run, so one look shows all there is to mend.
set -u

bin=.venv/bin
status=0
unset UPSWING_DATABASE

check() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        printf '%-12s fine\n' "$name"
    else
        printf '%-12s NOT FINE\n%s\n' "$name" "$output"
        status=1
    fi
}

check format $bin/ruff format --check .
check lint $bin/ruff check .
check types $bin/mypy
check imports $bin/lint-imports
check migrations $bin/python -W error tools/migrations_complete.py
check docs $bin/python -W error tools/docs_complete.py
exit $status
