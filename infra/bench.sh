#!/usr/bin/env bash
# Runs a benchmark; the last line is "NAME: figures". Results lie under .artifacts/bench/.
#   infra/bench.sh crowd [SHOPPERS...]  the store page at 1,000 and 5,000 shoppers (or as many as named), beside LiveView's figures;
#   infra/bench.sh metrics              a change on 1,000 circuits with metrics, scraped each second, against without, in turns
#   infra/bench.sh rolling [OPTIONS]    1,000 tabs while every node of three is restarted: how long they have no live page
#   infra/bench.sh chaos [OPTIONS]      ten minutes of shopping while nodes, Redis and PostgreSQL are killed and stand still: whether all is accounted for
# The last two run a cluster with infra/cluster.sh; their options are those of the load tester, such as --clients 200 or --seed 7.
# RUNS=1 before it for one run of each, instead of three of a crowd and six with and without metrics.
set -euo pipefail
cd "$(dirname "$0")/.."
. infra/install.sh

usage() {
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' infra/bench.sh >&2
  exit 2
}

# Runs the load tester: the name of a test, then its options.
load() {
  dotnet build infra/load -c Release --nologo -v quiet
  infra/load/bin/Release/net10.0/load "$@" --json ".artifacts/bench/$1.json" --html ".artifacts/bench/$1.html"
}

# On a shop of its own, published anew.
load_shop() {
  install_missing initdb:postgresql taskset:util-linux
  dotnet publish LiveShop.Web -c Release -o .artifacts/shop --nologo -v quiet
  load "$@" --shop .artifacts/shop/LiveShop.Web --pin ${RUNS:+--runs "$RUNS"}
}

# On a cluster of its own, on ports that a cluster of the usual ones leaves free. The logs are all that it leaves.
load_cluster() {
  export CLUSTER_DIR=${CLUSTER_DIR:-$PWD/.artifacts/bench/cluster} CLUSTER_PORT=${CLUSTER_PORT:-8180}
  infra/cluster.sh up 3
  trap 'infra/cluster.sh down >/dev/null' EXIT
  load "$1" "http://127.0.0.1:$CLUSTER_PORT" --database "Host=127.0.0.1;Port=$((CLUSTER_PORT + 1));Username=shop;Database=liveshop" "${@:2}"
}

name=${1:-}
shift || true
mkdir -p .artifacts/bench
case $name in
  crowd) load_shop crowd ${1:+--sizes "$@"} ;;
  metrics) load_shop metrics ;;
  rolling | chaos) load_cluster "$name" "$@" ;;
  *) usage ;;
esac
