#!/usr/bin/env bash
# Asks QuantDash on this machine whether it lives; 0: it does. No curl needed: the container has none.
#   probe.sh [live|ready] [port]
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${2:-8888}"
printf 'GET /health/%s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n' "${1:-live}" >&3
read -r -t 2 _ status _ <&3
[[ "$status" == 200 ]]
