#!/usr/bin/env bash
# Installs what the tests need, then builds, checks the formatting and runs every test of the solution.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only if something ran and nothing failed.
set -euo pipefail
cd "$(dirname "$0")/.."
. infra/install.sh

install_missing initdb:postgresql chromium:chromium promtool:prometheus redis-server:redis-server haproxy:haproxy
[ -d /usr/share/fonts/truetype/liberation ] || install_missing no-such-program:fonts-liberation

dotnet restore LiveShop.sln --locked-mode
dotnet build LiveShop.sln --no-restore

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0

# The shop has everything compiled well at once, because a crowd may come. To a shop that is started for one scenario nobody comes,
# and it would be ready two seconds later.
export DOTNET_TC_CallCountingDelayMs=100

run_tests() {
  dotnet test "$1" --no-build --logger trx --results-directory "$results" --blame-hang-timeout 10m --blame-hang-dump-type none || status=$?
}

# What only the scenarios need is made while the other tests run.
(
  dotnet format LiveShop.sln --no-restore --verify-no-changes
  dotnet publish LiveShop.Web -c Release -o .artifacts/shop
) >"$results/shop.log" 2>&1 &
shop=$!
run_tests LiveShop.Tests
if ! wait "$shop"; then
  cat "$results/shop.log"
  exit 1
fi
run_tests LiveShop.E2E

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
