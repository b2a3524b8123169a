# To be sourced: sets work to the folder that WORK_FOLDER names, which stays, or else to a temporary one, which goes.
if [ -n "${WORK_FOLDER:-}" ]; then
  work=$(mkdir -p "$WORK_FOLDER" && cd "$WORK_FOLDER" && pwd)
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
