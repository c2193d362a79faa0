#!/bin/sh
# Measures Upswing against what it is held against, and writes benchmarks/RESULTS.md.
#   tools/bench.sh            100, 10 000 and 100 000 items; about ten minutes
#   tools/bench.sh 100 1000   a quick look, which writes nothing
# ROWS="capture pages" measures only those. jrnl gets an environment of its own, .venv-bench.
set -eu

lock=benchmarks/jrnl.lock
stamp=.venv-bench/holds
bin=.venv/bin
unset PYTHONDONTWRITEBYTECODE # byte code makes every start three times cheaper, for both sides
unset UPSWING_DATABASE

if ! cmp -s "$lock" "$stamp" || ! .venv-bench/bin/python -c pass 2>/dev/null; then
    echo "Making .venv-bench with jrnl, to measure against"
    $bin/python -m venv --without-pip --clear .venv-bench
    base=$($bin/python -c 'import sys; print(sys._base_executable)') # which has pip; .venv has not
    "$base" -m pip --python .venv-bench/bin/python install -qq \
        --disable-pip-version-check --require-hashes --requirement "$lock"
    cp "$lock" "$stamp"
fi
$bin/python -m compileall -q src benchmarks .venv-bench
exec $bin/python -m benchmarks "$@"
