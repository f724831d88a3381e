#!/bin/sh
# Sets up .venv for `runtime` or `development`; does nothing when it is up to date.
set -eu
kind=$1
cd "$(dirname "$0")/.."
noted=.venv/$kind.made-from

# Whatever .venv is made from; where nothing of it has changed, no Python has to be looked for.
made_from() {
    cksum requirements/*.txt pyproject.toml tools/prepare.py
}

# A language is spoken as its catalogue says now.
compile_languages() {
    for catalog in contract_tui/language/catalogs/*/LC_MESSAGES/*.po; do
        compiled=${catalog%.po}.mo
        if [ -e "$catalog" ] && { [ ! -e "$compiled" ] || [ "$catalog" -nt "$compiled" ]; }; then
            .venv/bin/python tools/language.py compile
            return
        fi
    done
}

if [ -x .venv/bin/python ] && [ "$(made_from)" = "$(cat "$noted" 2>/dev/null)" ]; then
    compile_languages
    exit 0
fi
python=$(tools/find-python.sh)
"$python" tools/prepare.py "$kind"
compile_languages
made_from > "$noted"
