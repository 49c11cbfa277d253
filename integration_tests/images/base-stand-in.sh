#!/usr/bin/env bash
# Makes a stand-in for docker.io/library/node:22-bookworm-slim from Debian's packages and
# npm's Node binaries, where no image registry may be asked. Its size and digest are not
# those of the published image.
# usage: base-stand-in.sh [amd64|arm64]       (root; needs podman and mmdebstrap)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
arch=${1:-amd64}
node=22.23.3
npm=10.9.9
name=docker.io/library/node:22-bookworm-slim
case $arch in
  amd64) npm_arch=x64 ;;
  arm64) npm_arch=arm64 name=$name-arm64 ;;
  *) echo "Name amd64 or arm64, not $arch." >&2; exit 2 ;;
esac
if podman image exists "$name"; then exit 0; fi
echo "Making a stand-in for the base image $name (Debian bookworm, Node $node) ..." >&2

work=$IMAGES_WORK/base-$arch
rootfs=$work/rootfs.tar
if [ ! -f "$rootfs" ]; then
  rm -rf "$work"
  mkdir -p "$work/node" "$work/npm"
  cd "$work"
  npm pack --silent "node-linux-$npm_arch@$node" "npm@$npm" >&2
  tar xzf "node-linux-$npm_arch-$node.tgz" -C node --strip-components=1
  tar xzf "npm-$npm.tgz" -C npm --strip-components=1
  # docker-clean, as in Docker's Debian images: without it each apt-get layer keeps its cache.
  cat >docker-clean <<'C'
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb"; };
C
  mmdebstrap --quiet --arch="$arch" --variant=minbase --include=libstdc++6 \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook="install -m644 $work/docker-clean \"\$1/etc/apt/apt.conf.d/docker-clean\"" \
    --customize-hook="install -m755 $work/node/bin/node \"\$1/usr/local/bin/node\"" \
    --customize-hook="mkdir -p \"\$1/usr/local/lib/node_modules\" \"\$1/usr/local/include\"" \
    --customize-hook="cp -a $work/npm \"\$1/usr/local/lib/node_modules/npm\"" \
    --customize-hook="cp -a $work/node/include/node \"\$1/usr/local/include/\"" \
    --customize-hook='cd "$1/usr/local/bin" && ln -s ../lib/node_modules/npm/bin/npm-cli.js npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js npx && ln -s node nodejs' \
    --customize-hook='chroot "$1" groupadd -g 1000 node; chroot "$1" useradd -u 1000 -g node -m -s /bin/bash node' \
    --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*' \
    bookworm "$rootfs.unfinished.tar"
  mv "$rootfs.unfinished.tar" "$rootfs"
fi
podman import -q --arch "$arch" --change 'CMD ["node"]' --change "ENV NODE_VERSION=$node" \
  --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
  "$rootfs" "$name" >/dev/null
