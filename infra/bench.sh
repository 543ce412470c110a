#!/usr/bin/env bash
# Runs a benchmark; the last line is "NAME: figures". Results lie under .artifacts/bench/.
#   infra/bench.sh crowd [SHOPPERS...]   the store page at 1,000 and 5,000 shoppers (or as many as named), beside LiveView's figures;
#   infra/bench.sh metrics              a change on 1,000 circuits with metrics, scraped each second, against without, in turns
# RUNS=1 before it for one run of each, instead of three of a crowd and six with and without metrics.
set -euo pipefail
cd "$(dirname "$0")/.."
. infra/install.sh

usage() {
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' infra/bench.sh >&2
  exit 2
}

# Runs a benchmark of the load tester on the published shop: its name, then its own options.
load() {
  install_missing initdb:postgresql taskset:util-linux
  dotnet publish LiveShop.Web -c Release -o .artifacts/shop --nologo -v quiet
  dotnet build infra/load -c Release --nologo -v quiet
  infra/load/bin/Release/net10.0/load "$@" --shop .artifacts/shop/LiveShop.Web --pin ${RUNS:+--runs "$RUNS"} \
    --json ".artifacts/bench/$1.json" --html ".artifacts/bench/$1.html"
}

name=${1:-}
shift || true
mkdir -p .artifacts/bench
case $name in
  crowd) load crowd ${1:+--sizes "$@"} ;;
  metrics) load metrics ;;
  *) usage ;;
esac
