#!/usr/bin/env bash
# Builds the engine on libtorch, against the libtorch that is there:
#
#   Plugins/TorchEngine/build.sh FILE      such as .build/engines/libplateau-torch.so
#
# Looked for, in this order: the folder $LIBTORCH (with include/ and lib/), the PyTorch of `python3` or `python` on PATH,
# and /usr (Debian's libtorch-dev, without GPUs). 1.13 or newer. The plug-in belongs to that libtorch, and is built again
# when it changes. $CXX is the compiler, by default g++.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# = 1 ] || { sed -n '2,8s/^# *//p' "$0" >&2; exit 64; }
output=$1
compiler=${CXX:-g++}

say() { echo "engine-torch: $*" >&2; }
fail() { say "$*"; exit 2; }

find_torch() {
  local root python
  if [ -n "${LIBTORCH:-}" ]; then
    [ -e "$LIBTORCH/include/torch/library.h" ] || fail "\$LIBTORCH is $LIBTORCH, and there is no include/torch/library.h:" \
      "name the folder of a libtorch, or of the Python package torch"
    echo "$LIBTORCH"
    return
  fi
  for python in python3 python; do
    command -v $python > /dev/null || continue
    root=$($python -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' \
      2> /dev/null) || continue
    if [ -n "$root" ] && [ -e "$root/include/torch/library.h" ]; then echo "$root"; return; fi
  done
  if [ -e /usr/include/torch/library.h ]; then echo /usr; return; fi
  fail "no libtorch here: looked for \$LIBTORCH, for the package torch of the Python on PATH, and for" \
    "/usr/include/torch. Install one, such as 'pip install torch' or 'apt-get install libtorch-dev'"
}

root=$(find_torch)
command -v "$compiler" > /dev/null || fail "no $compiler here: install g++, or name a compiler in \$CXX"
libraries=$root/lib
if [ "$root" = /usr ]; then libraries=$(dirname "$(ls /usr/lib/*/libtorch.so /usr/lib/libtorch.so 2> /dev/null | head -n 1)"); fi
[ -e "$libraries/libtorch.so" ] || fail "$root has headers of libtorch, but no lib/libtorch.so"

number() {
  # The first of these is where newer ones have it.
  cat "$root"/include/torch/{headeronly,csrc/api/include/torch}/version.h 2> /dev/null \
    | sed -n "s/#define TORCH_VERSION_$1 *//p" | head -n 1 || true
}
major=$(number MAJOR) minor=$(number MINOR)
[ -n "$major" ] || fail "$root/include/torch tells no version"
[ $((major * 1000 + minor)) -ge 1013 ] || fail "libtorch $major.$minor in $root is too old: 1.13 is the oldest"
standard=c++17
if [ $((major * 1000 + minor)) -ge 2012 ]; then standard=c++20; fi

mkdir -p "$(dirname "$output")"
# The old string type of libtorch before 2.6, where it was built with it.
abi=()
if [ "$(nm -DC "$libraries/libc10.so" | grep -c 'std::__cxx11::')" = 0 ]; then abi=(-D_GLIBCXX_USE_CXX11_ABI=0); fi
headers=(-isystem "$root/include/torch/csrc/api/include")
# The compiler knows /usr/include, and its own headers must come before that.
if [ "$root" != /usr ]; then headers+=(-isystem "$root/include"); fi
say "libtorch $major.$minor in $root, by $compiler as $standard"
# Written beside the file and renamed, so that a program that has the old one loaded keeps it.
"$compiler" -std=$standard -O2 -fPIC -shared -fvisibility=hidden -w ${abi[@]+"${abi[@]}"} \
  "${headers[@]}" "$here/plateau_torch.cpp" -o "$output.new" \
  -L"$libraries" -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10 -Wl,--as-needed -Wl,-z,defs -Wl,-rpath,"$libraries"
# The program looks at it before it loads the file.
sha256sum < "$output.new" | cut -d ' ' -f 1 > "$output.sha256"
mv "$output.new" "$output"
say "$output"
