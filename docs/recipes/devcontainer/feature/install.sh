#!/bin/sh
# Unpacks the archive of a release that lies beside this script, for the machine that the container is of.
set -eu
cd "$(dirname "$0")"
for archive in clinecfg-*-linux-"$(uname -m)".tar.gz; do
  tar -xz --strip-components=1 -C "${PREFIX:-/usr/local}" -f "$archive"
done
"${PREFIX:-/usr/local}/bin/clinecfg" --version
