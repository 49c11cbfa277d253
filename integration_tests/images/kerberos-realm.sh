#!/usr/bin/env bash
# A realm of its own for one run: MIT's KDC as an ordinary process on a free port of the
# loopback, from Debian's packages unpacked into a folder. Nothing is installed.
# usage: kerberos-realm.sh start FOLDER | stop FOLDER
# writes FOLDER/{krb5.conf,client.keytab,service.keytab}; the client is svc_airbyte.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
action=$1 folder=$(realpath -m "$2")
realm=PLANT.EXAMPLE
tools=$IMAGES_WORK/kerberos-tools

if [ "$action" = stop ]; then
  kill "$(cat "$folder/kdc.pid")"
  exit
fi

packages='krb5-kdc krb5-admin-server libkrb5-3 libkrb5support0 libk5crypto3 libgssapi-krb5-2
  libgssrpc4 libkdb5-10 libkadm5srv-mit12 libkadm5clnt-mit12 libev4 libverto1 libverto-libev1'
if [ ! -f "$tools/complete" ]; then
  rm -rf "$tools"
  mkdir -p "$tools/deb"
  [ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit)" ] || apt-get update -qq
  # shellcheck disable=SC2086
  (cd "$tools/deb" && apt-get download -qq $packages 2>/dev/null)
  for each in "$tools"/deb/*.deb; do dpkg -x "$each" "$tools"; done
  touch "$tools/complete"
fi
libraries=$tools/usr/lib/$(uname -m)-linux-gnu

rm -rf "$folder"
mkdir -p "$folder/database"
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
cat >"$folder/krb5.conf" <<C
[libdefaults]
  default_realm = $realm
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  $realm = {
    kdc = 127.0.0.1:$port
  }
C
cat >"$folder/kdc.conf" <<C
[kdcdefaults]
  kdc_listen = ""
  kdc_tcp_listen = 127.0.0.1:$port
[realms]
  $realm = {
    database_name = $folder/database/principal
    key_stash_file = $folder/database/stash
    acl_file = $folder/database/acl
    supported_enctypes = aes256-cts-hmac-sha1-96:normal
    default_principal_flags = +preauth
  }
[dbmodules]
  db_module_dir = $libraries/krb5/plugins/kdb
[logging]
  kdc = FILE:$folder/kdc.log
C
export KRB5_CONFIG=$folder/krb5.conf KRB5_KDC_PROFILE=$folder/kdc.conf
tool() { LD_LIBRARY_PATH=$libraries "$tools/usr/sbin/$1" "${@:2}"; }
admin() { tool kadmin.local -r "$realm" "$@" >/dev/null; }
tool kdb5_util create -s -r "$realm" -P "$(head -c 18 /dev/urandom | base64)" >/dev/null
admin addprinc -randkey svc_airbyte
admin addprinc -randkey HTTP/pi.plant.example
admin ktadd -k "$folder/client.keytab" svc_airbyte
admin ktadd -k "$folder/service.keytab" HTTP/pi.plant.example
chmod 755 "$folder"
chmod 644 "$folder"/*.keytab "$folder/krb5.conf"
tool krb5kdc -r "$realm" -P "$folder/kdc.pid"
