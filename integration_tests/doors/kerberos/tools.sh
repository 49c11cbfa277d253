#!/usr/bin/env bash
# What stands on the other side of Kerberos, from Debian's packages unpacked into a folder:
# MIT's KDC, Apache with mod_auth_gssapi, a clock that can be wrong, and the headers that the
# kerberos module is compiled with. Nothing is installed in the system.
# usage: tools.sh FOLDER        (a second call finds everything and does nothing)
set -euo pipefail
folder=$(realpath -m "$1")
mkdir -p "$(dirname "$folder")"
# Two suites may need these at once.
exec 9>"$folder.lock" && flock 9
[ -f "$folder/complete" ] && exit
kdc='krb5-kdc krb5-admin-server krb5-user libkrb5-3 libkrb5support0 libk5crypto3
  libgssapi-krb5-2 libgssrpc4 libkdb5-10 libkadm5srv-mit12 libkadm5clnt-mit12 libev4
  libverto1 libverto-libev1'
web='apache2-bin libapache2-mod-auth-gssapi libapr1 libaprutil1 liblua5.3-0 libjansson4
  libnghttp2-14'
headers='libkrb5-dev krb5-multidev comerr-dev'
rm -rf "$folder"
mkdir -p "$folder/deb"
[ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit)" ] || apt-get update -qq
# shellcheck disable=SC2086
(cd "$folder/deb" && apt-get download -qq $kdc $web $headers libfaketime 2>/dev/null)
for each in "$folder"/deb/*.deb; do dpkg -x "$each" "$folder"; done
rm -rf "$folder/deb"
touch "$folder/complete"
