#!/usr/bin/env bash
# Has others look at what plateau writes: Debian's Chromium and axe at the pages of a report, a comparison and a
# history; bagit and roc-validator at a bundle; jsonschema at a comparison's document, at what is to be cited and at the
# workflow of CI. The comparison is with a report of another box, made on the way. In the folder WORK_FOLDER, where there
# is one, report/ and store/ are taken as they are.
set -euo pipefail

plateau=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
profile=${PROFILE:-smoke}
. "$root/scripts/work-folder.sh"

"$root/scripts/setup.sh" chromium python3-venv
python3 -m venv "$root/.site-venv"
"$root/.site-venv/bin/pip" install -q --disable-pip-version-check -r "$root/Tests/Site/requirements.txt"

cd "$work"
[ -e report/index.html ] || "$plateau" report --profile "$profile" --store store --output report | tail -n 1

# What a change of a method looks like: the box of one row of Table 1 five times as large.
rm -rf altered-home
mkdir altered-home
cp -r "$root/figures" "$root/report-templates" altered-home/
sed -i '/^  mnist-fcn:/,/box:/s/box: 1e-4/box: 5e-4/' altered-home/figures/table1.yml
PLATEAU_HOME=$work/altered-home "$plateau" report --profile "$profile" --store store --output altered | tail -n 1

status=0
"$plateau" diff report altered --output diff --json diff.json > diff.txt || status=$?
[ $status -eq 1 ] || { echo "expected that the reports differ, got status $status" >&2; exit 1; }
grep -q 'sharpness/mnist-fcn.box: 0.0001 → 0.0005' diff.txt
# One figure is accepted, on the page with the differences alone.
changed=$(sed -n 's/^Figure \([^:]*\): changed$/\1/p' diff.txt | sed -n 1p)
rm -rf accepted
"$plateau" accept altered --against report --figure "$changed" --reason "another box" --who site-check --accepted accepted
status=0
"$plateau" diff report altered --accepted accepted --only-changed --output diff-changed --json accepted.json \
  > diff-changed.txt || status=$?
[ $status -le 1 ] || { echo "expected that the reports can be compared, got status $status" >&2; exit 1; }
grep -q 'another box (site-check, ' diff-changed.txt
"$plateau" history report altered --threshold 0.1 --output history
"$plateau" archive report --output checked.tar.gz | tail -n 1

"$root/.site-venv/bin/python" "$root/Tests/Site/check_bundle.py" checked.tar.gz accepted.json \
  "$root/Documentation/schemas/diff.schema.json"
"$root/.site-venv/bin/check-jsonschema" --builtin-schema vendor.citation-file-format report/CITATION.cff "$root/CITATION.cff"
"$root/.site-venv/bin/check-jsonschema" --builtin-schema vendor.github-workflows "$root/.github/workflows/ci.yml"
"$root/.site-venv/bin/python" "$root/Tests/Site/check_pages.py" report/index.html diff/index.html \
  diff-changed/index.html history/index.html
