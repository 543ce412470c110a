#!/usr/bin/env bash
# Installs what the tests need, then builds, checks the formatting and runs every test of the solution.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only if something ran and nothing failed.
set -euo pipefail
cd "$(dirname "$0")/.."
. infra/install.sh

install_missing initdb:postgresql chromium-headless-shell:chromium-headless-shell promtool:prometheus redis-server:redis-server haproxy:haproxy
[ -d /usr/share/fonts/truetype/liberation ] || install_missing no-such-program:fonts-liberation

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0

# One configuration for all: what the tests run is what is published, and nothing is compiled twice.
dotnet restore LiveShop.sln --locked-mode -p:Configuration=Release
dotnet build LiveShop.sln -c Release --no-restore

# Runs the tests of a project that the filter lets through, and keeps the output under the name.
run_tests() {
  local name=$1 project=$2 filter=${3:-FullyQualifiedName~.}
  dotnet test "$project" -c Release --no-build --filter "$filter" --logger trx --results-directory "$results/$name" \
    --blame-hang-timeout 10m --blame-hang-dump-type none >"$results/$name.log" 2>&1
}

# Waits for a job and shows what it wrote.
finish() {
  local name=$1 job=$2
  wait "$job" || status=$?
  cat "$results/$name.log"
}

# Tests wait for clocks and servers more than they work, so two halves of them run side by side, in a process each: what a test
# measures is seen by all of its process. Meanwhile the shop is made that the scenarios run against.
first='FullyQualifiedName~LiveShop.Tests.A'
second='FullyQualifiedName!~LiveShop.Tests.A'
for letter in B C D E F G H I J K L M; do
  first+="|FullyQualifiedName~LiveShop.Tests.$letter"
  second+="&FullyQualifiedName!~LiveShop.Tests.$letter"
done
run_tests first LiveShop.Tests "$first" &
one=$!
run_tests second LiveShop.Tests "$second" &
two=$!
(
  rm -rf .artifacts/shop
  dotnet publish LiveShop.Web -c Release --no-build -o .artifacts/shop
  dotnet format whitespace --folder . --verify-no-changes --exclude .artifacts
) >"$results/shop.log" 2>&1 &
shop=$!
finish shop "$shop"
finish first "$one"
finish second "$two"

# The shop has everything compiled well at once, because a crowd may come. To a shop that is started for one scenario nobody comes,
# and it would be ready two seconds later.
export DOTNET_TC_CallCountingDelayMs=100
run_tests scenarios LiveShop.E2E &
finish scenarios $!

# The sum of one attribute over the <Counters …/> of all result files.
count() {
  { find "$results" -name '*.trx' -exec grep -oh '<Counters [^>]*>' {} + || true; } |
    { grep -o " $1=\"[0-9]*\"" || true; } | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'
}
passed=$(count passed)
failed=$(($(count failed) + $(count error) + $(count timeout) + $(count aborted)))
if [ "$status" -eq 0 ] && { [ "$passed" -eq 0 ] || [ "$failed" -ne 0 ]; }; then status=1; fi
echo "$passed passed, $failed failed, $(($(count total) - $(count executed))) skipped"
exit "$status"
