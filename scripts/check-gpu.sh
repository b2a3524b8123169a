#!/usr/bin/env bash
# Checks and measures the engine on libtorch where there is a GPU, in less than eight minutes, in a folder that holds the
# tarball of `make dist`. Needs there: a PyTorch, g++ and Python 3; neither Swift nor root.
#
#   scripts/check-gpu.sh [--device cuda:0] [--images 5000] [--batch 128] [--seconds 450] [TARBALL]
#
# Unpacks the program, builds the plug-in against $LIBTORCH or the PyTorch of Python, compares the engine with plain
# loops, measures ResNet-50 by the program and by PyTorch in Python beside it, then begins a run of Figure 3 at the
# paper's size and stops it when its time is over. Images: CIFAR-10 from $PLATEAU_DATA, else what the program draws.
#
# Everything is written to $OUT, or else to check-gpu/: gpu.md, a table for Documentation/Performance.md; gpu.json, its
# numbers; and what each step printed. A step that fails is told, and the others go on; then the exit status is 1.
# Small enough for a processor: --device cpu --images 16 --batch 8.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)

device=cuda:0 images=5000 batch=128 seconds=450 tarball=
while [ $# -gt 0 ]; do
  case $1 in
    --device | --images | --batch | --seconds)
      [ $# -ge 2 ] || { echo "check-gpu: $1 needs a value" >&2; exit 64; }
      declare "${1#--}=$2"
      shift
      ;;
    -*) sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
    *) tarball=$1 ;;
  esac
  shift
done
for number in "$images" "$batch" "$seconds"; do
  [[ $number =~ ^[1-9][0-9]*$ ]] || { echo "check-gpu: '$number' is no number" >&2; exit 64; }
done
if [ -z "$tarball" ]; then
  tarball=$(ls plateau-*-linux-x86_64.tar.xz 2> /dev/null | tail -n 1)
fi
[ -f "$tarball" ] || { echo "check-gpu: there is no plateau-*-linux-x86_64.tar.xz here: name it, or make it by 'make dist'" >&2; exit 2; }
tarball=$(realpath "$tarball")
out=${OUT:-check-gpu}
mkdir -p "$out" && out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

say() { echo "check-gpu: $(printf '%3d s' "$SECONDS")  $*" | tee -a "$out/steps.txt"; }

# LIMIT NAME COMMAND…: what it prints goes to NAME.txt and NAME.log. A run that is stopped at its limit has not failed.
step() {
  local limit=$1 name=$2 code=0 before=$SECONDS
  shift 2
  [ "$limit" -le $((seconds - SECONDS)) ] || limit=$((seconds - SECONDS))
  if [ "$limit" -lt 5 ]; then
    say "$name: left out, there is no time"
    failed=1
    return 1
  fi
  timeout --signal=INT --kill-after=15 "$limit" "$@" > "$out/$name.txt" 2> "$out/$name.log" || code=$?
  if [ "$code" = 0 ]; then
    say "$name: done in $((SECONDS - before)) s"
  elif [ "$code" = 124 ] && [[ $name = run-* ]]; then
    say "$name: stopped after $limit s"
    code=0
  else
    if [ "$code" = 124 ]; then say "$name: FAILED, not done in $limit s"; else say "$name: FAILED, exit status $code"; fi
    tail -n 5 "$out/$name.log" | sed 's/^/    /'
    failed=1
  fi
  return "$code"
}

: > "$out/steps.txt"
rm -f "$out"/*.json "$out"/gpu.md
unpack=(tar -xJf "$tarball" -C "$work")
command -v xz > /dev/null || unpack=(python3 -m tarfile -e "$tarball" "$work")
step 60 unpack "${unpack[@]}" || exit 1
folder=$(ls -d "$work"/plateau-*)
plateau=$folder/bin/plateau
shared=$folder/share/plateau
unset PLATEAU_HOME PLATEAU_TORCH_ENGINE
step 150 build "$shared/engine-torch/build.sh" "$folder/bin/libplateau-torch.so" || exit 1
sed -n 's/^engine-torch: libtorch/    libtorch/p' "$out/build.log"
step 60 engines "$plateau" engines && sed 's/^/    /' "$out/engines.txt"

torch=(--engine torch --device "$device")
step 60 check "$plateau" engines --check "${torch[@]}"
grep -c '^ok' "$out/check.txt" | sed 's/$/ comparisons with plain loops agree/;s/^/    /'
grep '^FAILED' "$out/check.txt" | sed 's/^/    /'

# Each of both has the GPU for itself.
share=$((seconds / 7))
step $((share + 30)) speed "$plateau" engines --speed "${torch[@]}" --images "$images" --batch "$batch" \
  --seconds "$share" --json
python=
for name in python3 python; do
  if command -v "$name" > /dev/null && "$name" -c 'import torch' 2> /dev/null; then python=$name; break; fi
done
if [ -n "$python" ]; then
  step $((share + 30)) peer "$python" "$here/check-gpu/peer.py" --device "$device" --images "$images" --batch "$batch" \
    --seconds "$share"
else
  say "peer: left out, no Python here has PyTorch"
fi

# The first run of Figure 3's ResNet-50, |A| = 0, by spec files of its own: the training and the sharpness, then the kernel.
cifar=$("$plateau" data list 2> /dev/null | grep -E '^. cifar10' | grep -qv 'not found\|drawn' && echo yes)
size=$images
[ -n "$cifar" ] || size=$((images < 1600 ? images : 1600))
spec() { # ID MEASURE X
  mkdir -p "$work/$1/figures"
  cp "$shared"/figures/{table1,claims,tolerances,costs}.yml "$work/$1/figures/"
  {
    printf 'figure: "%s"\ntitle: A run of ResNet-50\ncaption: A run of ResNet-50.\nruns:\n' "$1"
    awk '/^  resnet50-cifar10:/ { f = 1 } /^panels:/ { exit } f' "$shared/figures/fig3.yml" | sed -E \
      -e "s/^( +sizes:).*/\1 [0]/; s/^( +samplesPerSize:).*/\1 1/; s|^( +measure:).*|\1 [generalization, $2]|" \
      -e "s/^( +train:).*/\1 $size/; s/^( +test:).*/\1 $((size * 2 / 5))/; s/^( +batch:).*/\1 $batch/" \
      -e "s/^( +attackPool:).*/\1 $size/" |
      if [ -n "$cifar" ]; then cat; else
        sed -E '/^ +substitute:/,+2d; s/^( +name:) cifar10.*/\1 drawn-shapes/'
      fi
    printf 'panels:\n  - {id: a, kind: scatter, title: ResNet-50, runs: resnet50-cifar10, x: %s, y: generalization}\n' "$3"
  } > "$work/$1/figures/fig$1.yml"
}
spec G1 sharpness/cifar10-resnet50 flatness
spec G2 prior/heaviside log10-prior
one=("$plateau" run --profile paper "${torch[@]}" --store "$work/store")
left=$((seconds - SECONDS - 60)) # for the plans, and for what a stopped run ends first
PLATEAU_HOME=$work/G1 step $((left * 3 / 5)) run-training-and-sharpness "${one[@]}"
(cd "$work/store" 2> /dev/null && find runs checkpoints -type f -printf '%P, %s bytes\n' 2> /dev/null) > "$out/store.txt"
PLATEAU_HOME=$work/G2 step $((left * 2 / 5)) run-kernel "${one[@]}"

plan=("$plateau" plan --profile paper --figures 3,S17 --store "$work/store" "${torch[@]}")
step 15 plan-1 "${plan[@]}" --gpus 1
step 15 plan-8 "${plan[@]}" --gpus 8

"${python:-python3}" "$here/check-gpu/table.py" "$out" "$size" "${cifar:-no}" || failed=1
say "$out/gpu.md"
exit "$failed"
