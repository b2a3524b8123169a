#!/usr/bin/env bash
# Installs the program into a fresh folder and uses it as others would: from anywhere, with its manual, which man and
# mandoc must read without a complaint, and with completions in bash, zsh and fish; then removes it again.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/work-folder.sh
scripts/setup.sh man-db mandoc zsh fish

prefix=$work/installed/opt/plateau
rm -rf "$work/installed"
scripts/install.sh "$prefix"
# Once more, over a file of an earlier version that this one lacks.
touch "$prefix/share/plateau/figures/figGone.yml"
echo share/plateau/figures/figGone.yml >> "$prefix/share/plateau/installed-files"
scripts/install.sh "$prefix"
[ ! -e "$prefix/share/plateau/figures/figGone.yml" ] || { echo "a file of an earlier version is left" >&2; exit 1; }

cd /
plain=(env -i HOME="$work" PATH="$prefix/bin:/usr/bin:/bin" LC_ALL=C.UTF-8)
"${plain[@]}" plateau figures > "$work/figures.txt"
"${plain[@]}" plateau plan --profile smoke --figures 5 --store "$work/installed/store" > "$work/plan.txt"
"${plain[@]}" plateau report --profile smoke --figures 1 --store "$work/installed/store" \
  --output "$work/installed/report" > "$work/report.txt" 2> "$work/complaints.txt"
! grep -v '^plateau: ' "$work/complaints.txt" || { echo "the installed program complains" >&2; exit 1; }

# A page for each command that the help shows, and no other.
pages=$prefix/share/man/man1
for name in $("${plain[@]}" plateau --help | sed -n '/ SUBCOMMANDS:$/,$s/^  \([a-z]\+\)  .*/\1/p'); do
  [ -e "$pages/plateau-$name.1" ] || { echo "no manual page: plateau-$name" >&2; exit 1; }
done
[ ! -e "$pages/plateau-task.1" ] || { echo "the manual shows a hidden command" >&2; exit 1; }
for page in "$pages"/*.1; do
  "${plain[@]}" man --warnings -l "$page" > "$work/page.txt" 2> "$work/complaints.txt"
  [ -s "$work/page.txt" ] && [ ! -s "$work/complaints.txt" ] || { echo "man: $page" >&2; cat "$work/complaints.txt" >&2; exit 1; }
done
# Of a copy, because mandoc looks references up in a database that it makes beside the pages.
rm -rf "$work/man" && cp -r "$prefix/share/man" "$work/man"
/usr/sbin/makewhatis "$work/man"
MANPATH=$work/man mandoc -T lint -W style "$work"/man/man1/*.1

expect() { # SHELL ANSWER
  [ "$2" = report ] || { echo "$1 completes 'plateau rep' to '$2'" >&2; exit 1; }
}
expect bash "$("${plain[@]}" bash -c '. "$0"; COMP_WORDS=(plateau rep); COMP_CWORD=1; COMP_LINE="plateau rep"; COMP_POINT=11
  '"$(sed -n 's/^complete .*-F \([^ ]*\) plateau$/\1/p' "$prefix/share/bash-completion/completions/plateau") plateau rep plateau"'
  echo "${COMPREPLY[*]%% }"' "$prefix/share/bash-completion/completions/plateau")"
expect fish "$("${plain[@]}" XDG_DATA_DIRS="$prefix/share:/usr/share" fish -c 'complete -C "plateau rep"' | cut -f 1)"
# zsh completes for a terminal alone: a second zsh in one is typed to, and says what it would call.
cat > "$work/complete.zsh" <<'ZSH'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -D; plateau() { print answer: \$* }; print ready"
while zpty -r shell line; do [[ $line == ready* ]] && break; done
zpty -w -n shell $'plateau rep\t\n'
while zpty -r shell line; do [[ $line == answer:* ]] && { print -r -- ${${line#answer: }%%$'\r'*}; break }; done
ZSH
expect zsh "$("${plain[@]}" timeout 60 zsh -f "$work/complete.zsh" "$prefix/share/zsh/site-functions")"

cd - > /dev/null
scripts/install.sh --remove "$prefix"
left=$(find "$prefix" -type f)
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
echo "installed, used from elsewhere, read by man and mandoc, completed by bash, zsh and fish, and removed"
