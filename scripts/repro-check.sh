#!/usr/bin/env bash
# Makes one report in several ways that must not matter, and compares the bytes of all files but run.json:
# another number of jobs, time zone, locale, umask, folder and time of day; a store that lacks half of its runs;
# and the report's own bundle. Prints the report's digest. PROFILE=smoke unless told otherwise. In the folder WORK_FOLDER, where
# there is one, report/ and store/ stay for what comes after.
set -euo pipefail

plateau=$(realpath "$1")
profile=${PROFILE:-smoke}
. "$(dirname "$0")/work-folder.sh"

same() {
  diff -r --exclude run.json "$work/report" "$work/$1"
  echo "the same bytes: $2"
}

"$plateau" report --profile "$profile" --store "$work/store" --output "$work/report" | tail -n 1

(
  umask 077
  mkdir -p "$work/elsewhere/below"
  cd "$work/elsewhere"
  TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 "$plateau" report --profile "$profile" --jobs 1 \
    --store "$work/store" --output below/report > "$work/log"
)
same elsewhere/below/report "one job, another time zone, locale, umask, folder and time"

cp -r "$work/store" "$work/half"
find "$work/half/runs" -name '*.json' | sort | awk 'NR % 2 == 0' | xargs rm
"$plateau" report --profile "$profile" --jobs 1 --store "$work/half" --output "$work/partial" > "$work/log"
same partial "half of the runs executed again, one after the other"

"$plateau" archive "$work/report" --output "$work/report.tar.gz" > "$work/log"
"$plateau" archive "$work/report" --output "$work/again.tar.gz" > "$work/log"
cmp "$work/report.tar.gz" "$work/again.tar.gz"
"$plateau" verify "$work/report.tar.gz"
"$plateau" report --from "$work/report.tar.gz" --output "$work/rebuilt" > "$work/log"
same rebuilt "made from its bundle alone"

echo "report digest: $(sha256sum "$work/report/SHA256SUMS" | cut -d ' ' -f 1)"
