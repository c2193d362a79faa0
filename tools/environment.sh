#!/bin/sh
# Makes .venv hold exactly one lock file and this work tree:
#   tools/environment.sh requirements.lock
# It does nothing when that is already so. PYTHON names the interpreter to use.
set -eu

lock=$1
stamp=.venv/holds-$lock
wanted="$(pwd) $(cat "$lock" pyproject.toml CHANGELOG.md | cksum)"

say() { printf '%s\n' "$*"; }

works() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        "$1" -m pip --version >/dev/null 2>&1
}

choose_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if works "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    say "Upswing needs Python 3.11 or newer, with pip; there is none here by the name of" \
        "“${PYTHON:-python3}”." >&2
    say "Install one, or name it: make PYTHON=/path/to/python3.11 …" >&2
    return 1
}

# Scripts inside an environment name its folder, so one that was moved is made anew.
is_here() {
    .venv/bin/python -c pass 2>/dev/null &&
        { [ ! -e .venv/made-in ] || [ "$(cat .venv/made-in)" = "$(pwd)" ]; }
}

if [ -e "$stamp" ] && is_here && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi

python=$(choose_python)
pip() { "$python" -m pip --python .venv/bin/python "$@" -qq --disable-pip-version-check; }

if ! is_here; then
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --without-pip --clear .venv
    pwd >.venv/made-in
fi
say "Installing what $lock names; the first time takes a minute or two"
pip install --require-hashes --requirement "$lock"
pip install --no-deps --no-build-isolation --no-index --editable .
.venv/bin/python -m compileall -q src # without byte code every start costs three times as much
printf '%s\n' "$wanted" >"$stamp"
