#!/bin/sh
# Sets up .venv for `runtime` or `development`; does nothing when it is up to date.
set -eu
here=$(dirname "$0")
python=$("$here/find-python.sh")
exec "$python" "$here/prepare.py" "$1"
