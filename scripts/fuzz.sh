#!/usr/bin/env bash
# Feeds every reader of files that others may have written with changed ones, by libFuzzer: scripts/fuzz.sh MINUTES
# [SEED [READER …]]. The minutes are those of all readers together, on one core. Ends with status 1 after a crash, an
# input that takes more than 20 seconds, or more than 2 GB of memory; the input, made as small as it can be, stays in
# .build-fuzz/faults. What was learnt stays in .build-fuzz/corpus for the next call; Fuzzing/Seeds is where it began.
set -euo pipefail
cd "$(dirname "$0")/.."

minutes=${1:?how many minutes?}
seed=${2:-1}
shift $(($# < 2 ? $# : 2))
readers=("$@")
[ ${#readers[@]} -gt 0 ] || readers=($(ls Fuzzing/Seeds))
seconds=$((minutes * 60 / ${#readers[@]}))

export PLATEAU_FUZZ=1
swift build -c release --sanitize fuzzer --scratch-path .build-fuzz --product PlateauFuzz
program=.build-fuzz/release/PlateauFuzz
faults=.build-fuzz/faults
mkdir -p "$faults"
# libFuzzer's own report is what is wanted of a crash, and a backtrace takes seconds.
export SWIFT_BACKTRACE=enable=no OPENBLAS_NUM_THREADS=1
limits=(-timeout=20 -rss_limit_mb=2048 -max_len=65536 -dict=Fuzzing/words.dict)

summary=""
isSound=1
for reader in "${readers[@]}"; do
  export PLATEAU_FUZZ_READER=$reader
  corpus=.build-fuzz/corpus/$reader
  log=.build-fuzz/$reader.log
  mkdir -p "$corpus"
  crashes=0
  "$program" "$corpus" "Fuzzing/Seeds/$reader" -seed="$seed" -max_total_time="$seconds" -print_final_stats=1 \
    "${limits[@]}" -artifact_prefix="$faults/$reader-" > "$log" 2>&1 || crashes=1
  if [ $crashes = 1 ]; then
    isSound=0
    grep -E "Fatal error|ERROR|SUMMARY|Test unit written" "$log" || tail -20 "$log"
    fault=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
    if [ -n "$fault" ]; then
      "$program" -minimize_crash=1 -max_total_time=60 "${limits[@]}" -exact_artifact_path="$fault.small" "$fault" \
        > "$log.small" 2>&1 || true
      [ -s "$fault.small" ] || cp "$fault" "$fault.small"
      echo "the smallest input that does it: $fault.small"
    fi
  fi
  count() { sed -n "s/^stat::$1: *//p" "$log"; }
  summary+=$(printf '%-12s %11s executions %6s new units %2s crashes' "$reader" \
    "$(count number_of_executed_units)" "$(count new_units_added)" "$crashes")$'\n'
done
printf '\n%s' "$summary"
[ $isSound = 1 ]
