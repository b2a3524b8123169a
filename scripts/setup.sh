#!/usr/bin/env bash
# Names and installs the system packages that the build needs, and those named as arguments. Does nothing where all are
# there. Debian 12 and 13 have all of them under the same names.
set -euo pipefail

packages=(libopenblas-dev liblapack-dev liblbfgsb-dev libcairo2-dev libpng-dev libpango1.0-dev zlib1g-dev libdnnl-dev libarchive-dev libssl-dev pkg-config fonts-dejavu-core fonts-dejavu-extra "$@")
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "plateau needs these Debian packages, which are not installed: ${missing[*]}" >&2
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "install them as root: apt-get install ${missing[*]}" >&2
    exit 2
  fi
  as_root=(sudo)
fi
echo "installing them now" >&2
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
