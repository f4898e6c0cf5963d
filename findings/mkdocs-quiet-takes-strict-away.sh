#!/usr/bin/env bash
# MkDocs 1.6.1 and its continuation ProperDocs 1.6.7 (PyPI, BSD): `build --strict --quiet` is not strict. --quiet raises
# the level of the logger above warnings, and --strict counts the warnings that the logger lets through: there are none
# left to count. A dead link or a page missing from `nav` ends with 1 under --strict, with 0 under --strict --quiet.
#
# Guess before trying: --quiet only keeps the lines from the screen; the count and the exit code stay.
# Seen: exit code 1, and 0 with --quiet, in both programs, for a dead link and for a missing page in `nav`.
# What to do: a job that must stop at a dead link runs without --quiet and sends the output to a file.
#
# Needs python3 with venv. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 properdocs==1.6.7 mkdocs-material==9.8.2 2>/dev/null
mkdir docs
printf 'site_name: Example\ntheme:\n  name: material\nnav:\n  - Here: index.md\n' > link.yml
sed '$a\  - Gone: no-such-page.md' link.yml > nav.yml
failed=0
expect() { if [ "$2" = "$3" ]; then echo "as before: $1: $2"; else echo "CHANGED: $1: $2, was $3"; failed=1; fi; }
code() { local end=0; "$@" > log 2>&1 || end=$?; echo "$end"; }

for program in mkdocs properdocs; do
  for fault in link nav; do
    text='No link.'; [ $fault = link ] && text='A [link](no-such-page.md).'
    printf '# Page\n\n%s\n' "$text" > docs/index.md
    run=(env/bin/$program build -f $fault.yml -d site)
    expect "$program, $fault, --strict" "$(code "${run[@]}" --strict)" 1
    expect "$program, $fault, --strict --quiet" "$(code "${run[@]}" --strict --quiet)" 0
  done
done
exit $failed
