#!/bin/sh
# Sets up Cline in a container. Nobody is there to answer, and the home is new each time.
set -eu

if [ -z "${RUTAAPI_API_KEY:-}" ]; then
  echo "Cline is not set up: RUTAAPI_API_KEY is not in this container's environment" >&2
  exit 0
fi

clinecfg set-provider rutaapi --model demo-model --key-env RUTAAPI_API_KEY --no-input
