#!/usr/bin/env bash
# Two foreign acceptors of NTLM, fetched into a folder: Debian's mechanism for GSSAPI, and
# PyPI's pyspnego in an environment of its own. Nothing is installed in the system.
# usage: tools.sh FOLDER        (a second call finds everything and does nothing)
set -euo pipefail
folder=$(realpath -m "$1")
[ -f "$folder/complete" ] && exit
rm -rf "$folder"
mkdir -p "$folder/deb"
[ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit)" ] || apt-get update -qq
(cd "$folder/deb" && apt-get download -qq gss-ntlmssp libunistring2 libwbclient0 libzstd1 2>/dev/null)
for each in "$folder"/deb/*.deb; do dpkg -x "$each" "$folder"; done
rm -rf "$folder/deb"
python3 -m venv "$folder/python"
"$folder/python/bin/python" -m pip --disable-pip-version-check --quiet install pyspnego==0.12.4
touch "$folder/complete"
