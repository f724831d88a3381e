#!/bin/sh
# Prints the path of a Python that can run the project, or refuses in one sentence that says what to install.
# PYTHON=/path/to/python names one by hand.
set -u

probe='
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 12):
    print("version %d.%d" % sys.version_info[:2])
else:
    try:
        import ensurepip, venv
        print("ready " + sys.executable)
    except ImportError:
        print("venvless %d.%d" % sys.version_info[:2])
'
unfit=''
venvless=''
for candidate in ${PYTHON:-python3.12 python3.11 python3 python}; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    answer=$("$candidate" -c "$probe" 2>/dev/null) || continue
    case $answer in
        "ready "*) echo "${answer#ready }"; exit 0 ;;
        "venvless "*) venvless=${answer#venvless } ;;
        "version "*) unfit=${answer#version } ;;
    esac
done

if [ -n "$venvless" ]; then
    echo "Python $venvless is here but cannot make virtual environments: please install its venv module (on Debian and Ubuntu: apt install python$venvless-venv) and try again." >&2
elif [ -n "$unfit" ]; then
    echo "This needs Python 3.11 or 3.12 and found only Python $unfit: please install Python 3.12 and try again." >&2
else
    echo "This needs Python and found none: please install Python 3.11 or 3.12 and try again." >&2
fi
exit 1
