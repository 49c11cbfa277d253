# Podman's settings for this checkout; source it from bash: `. integration_tests/images/env.sh`.
# Afterwards `podman`, and `docker` by the script in docker-shim/, see the images that
# `npm run suite:images` has built (localhost/airbyte/source-pi:dev, ...).
IMAGES_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export IMAGES_WORK=${IMAGES_WORK:-$(cd "$IMAGES_HERE/../.." && pwd)/.suites/images}
mkdir -p "$IMAGES_WORK/tmp"
export CONTAINERS_CONF=$IMAGES_WORK/containers.conf
export CONTAINERS_STORAGE_CONF=$IMAGES_WORK/storage.conf
# Podman unpacks layers here; other programs keep their own TMPDIR.
podman() { TMPDIR=$IMAGES_WORK/tmp command podman "$@"; }
case ":$PATH:" in
  *":$IMAGES_HERE/docker-shim:"*) ;;
  *) export PATH=$IMAGES_HERE/docker-shim:$PATH ;;
esac

# runc: crun refuses hybrid control groups. Limits: raising podman's own needs a right that
# a container lacks. The host's network: what runs on 127.0.0.1 is reached, and no bridge
# or firewall rule is made.
cat >"$CONTAINERS_CONF" <<C
[containers]
netns = "host"
default_ulimits = ["nofile=16384:16384", "nproc=16384:16384"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
image_copy_tmp_dir = "$IMAGES_WORK/tmp"
C
cat >"$CONTAINERS_STORAGE_CONF" <<C
[storage]
driver = "overlay"
runroot = "$IMAGES_WORK/run"
graphroot = "$IMAGES_WORK/graph"
C
