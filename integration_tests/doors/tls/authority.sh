#!/usr/bin/env bash
# An authority of a plant and certificates in all the states they get into: an intermediate,
# expired, not valid yet, for another name, for another purpose, revoked (with the list that
# says so, and one out of date), by nobody, by a stranger; and a client's in each form that it is handed out in.
# usage: authority.sh FOLDER PASSPHRASE_FILE
set -euo pipefail
passphrase=file:$(realpath "$2")
rm -rf "$1"
mkdir -p "$1"
cd "$1"
cat >authority.cnf <<C
[ca]
default_ca = plant
[plant]
database = index
serial = serial
crlnumber = crlnumber
new_certs_dir = .
default_md = sha256
default_days = 30
default_crl_days = 30
policy = names
unique_subject = no
[names]
commonName = supplied
C
: >index
echo 01 >serial
echo 01 >crlnumber

quietly() { "$@" 2>>openssl.log; }
key() { quietly openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"; }

# self NAME SUBJECT EXTENSION...: signed by itself.
self() {
  key "$1"
  quietly openssl req -x509 -new -key "$1.key" -days 30 -subj "/CN=$2" -out "$1.pem" "${@:3}"
}

# issue NAME SUBJECT AUTHORITY EXTENSIONS [DATES...]
issue() {
  key "$1"
  quietly openssl req -new -key "$1.key" -subj "/CN=$2" -out "$1.csr"
  printf '%b' "$4" >"$1.ext"
  quietly openssl ca -batch -notext -config authority.cnf -cert "$3.pem" -keyfile "$3.key" \
    -in "$1.csr" -out "$1.pem" -extfile "$1.ext" "${@:5}"
}

of_authority=(-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign)
here='subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n'
self root 'Plant Root' "${of_authority[@]}"
self foreign 'Foreign Root' "${of_authority[@]}"
self alone localhost -addext subjectAltName=DNS:localhost
issue issuing 'Plant Issuing' root 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n'
issue server localhost root "$here"
issue below localhost issuing "$here"
issue expired localhost root "$here" -startdate 20200101000000Z -enddate 20210101000000Z
issue future localhost root "$here" -startdate 20900101000000Z -enddate 20910101000000Z
issue other pi.plant.example root 'subjectAltName=DNS:pi.plant.example\n'
issue revoked localhost root "$here"
issue unfit localhost root "${here}extendedKeyUsage=clientAuth\n"
issue client svc_airbyte root 'extendedKeyUsage=clientAuth\n'
issue stranger stranger foreign 'extendedKeyUsage=clientAuth\n'
quietly openssl ca -config authority.cnf -cert root.pem -keyfile root.key -revoke revoked.pem
quietly openssl ca -config authority.cnf -cert root.pem -keyfile root.key -gencrl -out root.crl
quietly openssl ca -config authority.cnf -cert root.pem -keyfile root.key -gencrl -out root-old.crl \
  -crl_lastupdate 20200101000000Z -crl_nextupdate 20210101000000Z
quietly openssl pkcs8 -topk8 -in client.key -passout "$passphrase" -out client-encrypted.key
quietly openssl pkcs12 -export -inkey client.key -in client.pem -passout "$passphrase" -out client.pfx
quietly openssl pkcs12 -export -legacy -inkey client.key -in client.pem -passout "$passphrase" -out client-old.pfx
cat below.pem issuing.pem >below-chain.pem
cat server.pem root.pem >server-chain.pem
