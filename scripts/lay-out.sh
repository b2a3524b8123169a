#!/usr/bin/env bash
# Lays the program that `make build` made out as one folder: bin/plateau, and in share/ its specs, templates and images,
# where the program looks for them, and its manual, completions and licence, where `man`, bash, zsh, fish and people do.
# For dist.sh and install.sh. The same build gives the same bytes. scripts/lay-out.sh FOLDER [OPTION OF THE LINKER…]
set -euo pipefail
folder=$(realpath -m "$1")
shift
cd "$(dirname "$0")/.."

build=$(realpath .build/release)
version=$("$build/plateau" --version)
shared=$folder/share/plateau
document=$folder/share/doc/plateau
command -v swiftc > /dev/null ||
  { echo "lay-out: there is no swiftc on PATH; with sudo: sudo env PATH=\"\$PATH\" make install" >&2; exit 2; }

# The objects of the build, linked once more, with Swift's runtime inside: SwiftPM's --static-swift-stdlib would compile
# all of them again. The libraries after the objects are those that Foundation's own static ones need.
mkdir -p "$folder/bin"
swiftc -static-stdlib -emit-executable -o "$folder/bin/plateau" "@$build/plateau.product/Objects.LinkFileList" \
  $(pkg-config --libs openblas pangocairo libcrypto zlib) \
  -l_CFURLSessionInterface -lCoreFoundation -l_FoundationICU -l_FoundationCollections -l_FoundationCShims -l:libcurl.so.4 \
  -Xlinker --gc-sections -Xlinker --strip-all -Xlinker --defsym -Xlinker main=plateau_main "$@" \
  2> >(grep -v "the use of .mktemp' is dangerous" >&2) # of Foundation's own

mkdir -p "$shared" "$document"
cp -r figures report-templates "$shared/"
# The engine on libtorch belongs to the libtorch of a machine, and is built there.
cp -r Plugins/TorchEngine "$shared/engine-torch"
cp -r "$build/plateau_Datasets.resources/BuiltIn" "$shared/"
cp LICENSE CITATION.cff "$document/"

date=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
mkdir -p "$folder/share/man/man1"
"$build/plateau" --experimental-dump-help | swift scripts/man-pages.swift "$version" "$date" "$folder/share/man/man1"

completion() { # SHELL FILE
  mkdir -p "$(dirname "$folder/share/$2")"
  "$build/plateau" --generate-completion-script "$1" > "$folder/share/$2"
}
completion bash bash-completion/completions/plateau
completion zsh zsh/site-functions/_plateau
completion fish fish/vendor_completions.d/plateau.fish

chmod -R u=rwX,go=rX "$folder"
