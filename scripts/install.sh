#!/usr/bin/env bash
# Installs the program that `make build` made below a folder, in place of what an earlier call installed there; or
# removes that. The machine's own libraries stay where they are. scripts/install.sh [--remove] PREFIX
set -euo pipefail
remove=false
if [ "${1:-}" = --remove ]; then remove=true; shift; fi
prefix=$(realpath -m "$1")
list=share/plateau/installed-files

remove_installed() {
  while IFS= read -r file; do rm -f "$prefix/$file"; done < "$prefix/$list"
  rm -f "$prefix/$list"
  for folder in share/plateau share/doc/plateau; do
    [ ! -d "$prefix/$folder" ] || find "$prefix/$folder" -depth -type d -empty -delete
  done
}

if $remove; then
  [ -e "$prefix/$list" ] ||
    { echo "install: $prefix/$list is not there; name the PREFIX that plateau was installed to" >&2; exit 2; }
  remove_installed
  echo "plateau is removed from $prefix"
  exit
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
"$(dirname "$0")/lay-out.sh" "$stage"
mkdir -p "$prefix/bin" && [ -w "$prefix/bin" ] ||
  { echo "install: cannot write to $prefix; name another PREFIX, such as PREFIX=\$HOME/.local" >&2; exit 2; }
[ ! -e "$prefix/$list" ] || remove_installed
cd "$stage"
find . -type f ! -name files -printf '%P\n' | sort > files
while IFS= read -r file; do install -D -m "$(stat -c %a "$file")" "$file" "$prefix/$file"; done < files
install -m 644 files "$prefix/$list"
echo "plateau $("$prefix/bin/plateau" --version) is installed: $prefix/bin/plateau"
