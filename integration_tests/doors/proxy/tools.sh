#!/usr/bin/env bash
# Forward proxies from Debian's packages, unpacked into a folder: tinyproxy, which most
# containers meet, and squid, which most plants run. Nothing is installed in the system.
# usage: tools.sh FOLDER        (a second call finds everything and does nothing)
set -euo pipefail
folder=$(realpath -m "$1")
[ -f "$folder/complete" ] && exit
rm -rf "$folder"
mkdir -p "$folder/deb"
[ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit)" ] || apt-get update -qq
packages='tinyproxy-bin squid-openssl squid-common squid-langpack libecap3 libltdl7 libtdb1
  libnetfilter-conntrack3 libnfnetlink0 libmnl0 libldap-2.5-0 libsasl2-2 libgssapi-krb5-2
  libkrb5-3 libkrb5support0 libk5crypto3 libxml2 libicu72'
# shellcheck disable=SC2086
(cd "$folder/deb" && apt-get download -qq $packages 2>/dev/null)
for each in "$folder"/deb/*.deb; do dpkg -x "$each" "$folder"; done
rm -rf "$folder/deb"
touch "$folder/complete"
