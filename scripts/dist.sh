#!/usr/bin/env bash
# Packs the program that `make build` made into plateau-VERSION-linux-x86_64.tar.xz: one folder that runs wherever it is
# unpacked, without Swift, packages or root. Of the system it needs glibc, at least as new as the one that the last line
# names; all other libraries lie in lib/, found by the program's RPATH, before those of LD_LIBRARY_PATH. The same build
# gives the same bytes. At most 60 MiB: some machines with a GPU take no more.
set -euo pipefail
cd "$(dirname "$0")/.."

build=$(realpath .build/release)
version=$("$build/plateau" --version)
name=plateau-$version-linux-$(uname -m)
dist=.build/dist
folder=$dist/$name
shared=$folder/share/plateau
licences=$folder/share/licences
rm -rf "$dist"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH

mkdir -p "$folder/lib" "$shared/fonts" "$licences"
scripts/lay-out.sh "$folder" -Xlinker '-rpath=$ORIGIN/../lib' -Xlinker --disable-new-dtags

# The Debian package of a file, which may be listed by its path from before /usr was merged.
package_of() {
  local file
  file=$(realpath "$1")
  { dpkg-query -S "$file" || dpkg-query -S "${file#/usr}"; } 2>/dev/null | sed 's/:.*//;q' | grep . ||
    { echo "dist: no package has $file, so that its licence is not known" >&2; exit 2; }
}
keep_licence() { # PACKAGE
  local copyright=$licences/$1
  [ ! -e "$copyright" ] || return 0
  cp -L "/usr/share/doc/$1/copyright" "$copyright"
  dpkg-query -W -f='${source:Package} ${source:Version}\n' "$1" >> "$folder/share/sources"
}

for library in $(env -u LD_LIBRARY_PATH ldd "$folder/bin/plateau" | awk '$2 == "=>" { print $3 }'); do
  package=$(package_of "$library")
  [ "$package" = libc6 ] && continue
  cp -L "$library" "$folder/lib/"
  keep_licence "$package"
done

for font in DejaVuSans DejaVuSans-Bold DejaVuSans-Oblique; do
  file=/usr/share/fonts/truetype/dejavu/$font.ttf
  cp "$file" "$shared/fonts/"
  keep_licence "$(package_of "$file")"
done
cat > "$shared/fonts/fonts.conf" <<'CONF'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <description>The fonts of plateau, and after them those of the system, where it has any</description>
  <dir prefix="relative">.</dir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
CONF

cp LICENSE "$folder/"
for checkout in .build/checkouts/*/; do
  cp "$checkout"/LICENSE* "$licences/$(basename "$checkout")"
done
cp "$(dirname "$(realpath "$(command -v swiftc)")")/../share/swift/LICENSE.txt" "$licences/swift"
# What the packages' statements refer to.
cp -L /usr/share/common-licenses/* "$licences/"
sort -u -o "$folder/share/sources" "$folder/share/sources"

# Everything but glibc's own comes from inside.
outside=$(env -u LD_LIBRARY_PATH ldd "$folder/bin/plateau" | awk '$2 == "=>" { print $3 }' | grep -v "^$PWD/$folder" || true)
for library in $outside; do
  [ "$(package_of "$library")" = libc6 ] || { echo "dist: $library is taken from the system" >&2; exit 2; }
done

chmod -R u=rwX,go=rX "$folder"
# Half of the time of -6, for a fifteenth more: addresses in code are made alike before it is compressed.
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$dist" -c "$name" |
  xz --threads=2 --x86 --lzma2=preset=3 > "$name.tar.xz" # two threads or more: the same bytes; one: others
bytes=$(stat -c %s "$name.tar.xz")
[ "$bytes" -le $((60 << 20)) ] || { echo "dist: $name.tar.xz has $bytes bytes, more than 60 MiB" >&2; exit 2; }

glibc=$(cat "$folder"/bin/plateau "$folder"/lib/* | grep -aoE 'GLIBC_2\.[0-9]+' | sort -uV | tail -n 1)
echo "$name.tar.xz: $(du -m "$name.tar.xz" | cut -f 1) MB, unpacked $(du -sm "$folder" | cut -f 1) MB, for glibc ${glibc#GLIBC_} and newer"
