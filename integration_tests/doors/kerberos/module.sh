#!/usr/bin/env bash
# The kerberos module of the checkout. It is optional for npm, which leaves it out where the
# headers of GSSAPI are not installed; here it is compiled with those of tools.sh.
# usage: module.sh TOOLS FOLDER
set -euo pipefail
tools=$(realpath "$1") folder=$(realpath -m "$2")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
place=$root/node_modules/kerberos
mkdir -p "$folder"
exec 9>"$folder.lock" && flock 9
[ -f "$place/build/Release/kerberos.node" ] && exit
built=$folder/node_modules/kerberos
if [ ! -f "$built/build/Release/kerberos.node" ]; then
  version=$(node -p "require('$root/package-lock.json').packages['node_modules/kerberos'].version")
  echo '{"private": true}' >"$folder/package.json"
  CPATH=$tools/usr/include npm_config_build_from_source=true \
    npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "kerberos@$version" >&2
fi
rm -rf "$place"
ln -s "$built" "$place"
