#!/bin/sh
# Sets up Cline from the profile beside this script. Safe to run again.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

if ! command -v clinecfg >/dev/null 2>&1; then
  echo "clinecfg is not on PATH: install it first" >&2
  exit 69
fi

# A provider that cannot be reached is a warning; one that refuses the key stops the change.
clinecfg apply "$here/cline.json" --no-input
