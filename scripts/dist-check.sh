#!/usr/bin/env bash
# Unpacks a distribution (`make dist`) into a folder that holds glibc and nothing else, and makes a report there: in a
# chroot, as another user than root, who may not write where the program lies. It must have the same bytes as a report
# that the program of the build makes. Needs root for the chroot. scripts/dist-check.sh PROGRAM TARBALL
set -euo pipefail

plateau=$(realpath "$1")
tarball=$(realpath "$2")
. "$(dirname "$0")/work-folder.sh"
if [ "$(id -u)" -ne 0 ]; then
  echo "the check of a distribution needs root, for chroot: sudo $0 $*" >&2
  exit 2
fi

node=$work/node
rm -rf "$node"
mkdir -p "$node"/{lib64,proc,dev,opt,home/user}
tar -xJf "$tarball" -C "$node/opt"
program=$(cd "$node" && echo opt/*/bin/plateau)
for file in /lib64/ld-linux-x86-64.so.2 $(ldd "$node/$program" | awk -v own="$node" '$2 == "=>" && index($3, own) != 1 { print $3 }'); do
  cp -L --parents "$file" "$node/"
done
chmod 755 "$work" "$node" && chown 65534:65534 "$node/home/user"

# What both calls see; the kernels of OpenBLAS that a machine was told to use are part of the numbers.
plain=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin ${OPENBLAS_CORETYPE:+OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE})

# In namespaces of its own, so that whatever is mounted and started ends with it.
on_node() {
  "${plain[@]}" HOME=/home/user unshare --mount --pid --fork bash -ec '
    node=$1 && shift
    mount -t proc proc "$node/proc"
    touch "$node/dev/null" && mount --bind /dev/null "$node/dev/null"
    exec chroot --userspec=65534:65534 "$node" "$@"
  ' on_node "$node" "$@"
}

on_node "/$program" engines --check > "$work/log"
arguments=(report --profile smoke --figures 2,5)
on_node "/$program" "${arguments[@]}" --store /home/user/store --output /home/user/report > "$work/log"
(cd "$node" && "${plain[@]}" HOME="$node" "$plateau" "${arguments[@]}" --store "$work/dist-store" \
  --output "$work/dist-report" > "$work/log")
diff -rq --exclude run.json "$work/dist-report" "$node/home/user/report"
echo "the same bytes: made by the unpacked distribution in a chroot that holds glibc alone"
