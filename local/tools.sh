#!/bin/sh
# Finds what a machine must bring along, and says in one sentence what is missing.
#
#   sh local/tools.sh python   prints the Python to use: 3.11 or newer, able to make environments
#   sh local/tools.sh node     succeeds when Node is 20.19 or newer and npm is there
set -eu

say() {
    echo "$1" >&2
    exit 1
}

# A name on the path proves nothing: version managers leave stand-ins that only print an error.
is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
        if is_new_enough "$candidate"; then
            "$candidate" -c 'import ensurepip, venv' 2>/dev/null ||
                say "Python cannot make virtual environments here: install its venv module (on Debian: apt-get install python3-venv)."
            command -v "$candidate"
            return
        fi
    done
    say "NotYours needs Python 3.11 or newer: install it, or name one with PYTHON=<path>."
}

check_node() {
    command -v node >/dev/null || say "NotYours needs Node 20.19 or newer: install it from your system's packages or nodejs.org."
    command -v npm >/dev/null || say "NotYours needs npm, which comes with Node: install it too (on Debian: apt-get install npm)."
    node -e '
        const [major, minor] = process.versions.node.split(".").map(Number)
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)
    ' || say "NotYours needs Node 20.19 or newer, and this is $(node --version): install a newer one."
}

case "${1:-}" in
    python) find_python ;;
    node) check_node ;;
    *) say "Usage: sh local/tools.sh python|node" ;;
esac
