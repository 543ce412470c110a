#!/usr/bin/env bash
# A whole cluster on this machine: PostgreSQL, Redis, N nodes of the published shop, and HAProxy before them.
#   infra/cluster.sh up [N]                  starts it with N nodes, 1 to 9, 3 unless said; the shop is at http://127.0.0.1:8080
#   infra/cluster.sh status                  what runs, and what each node and HAProxy say; fails unless all is well
#   infra/cluster.sh restart-node K          drains node K, stops it and starts it again
#   infra/cluster.sh rolling                 does so with every node, one after the other
#   infra/cluster.sh kill-node K             kills node K as a crash would
#   infra/cluster.sh start-node K            starts it again
#   infra/cluster.sh freeze-node K           has node K stand still, as a machine does that swaps or has lost its network
#   infra/cluster.sh thaw-node K             lets it go on
#   infra/cluster.sh kill redis|postgres     kills one of the services as a crash would
#   infra/cluster.sh start redis|postgres    starts it again, PostgreSQL on the same data
#   infra/cluster.sh freeze redis|postgres   has one of them stand still; `thaw` lets it go on
#   infra/cluster.sh shop ARGS...            the shop's command line, as one more node
#   infra/cluster.sh down                    stops everything and leaves nothing behind but the logs
# CLUSTER_DIR says where logs and data lie (.artifacts/cluster). `up` remembers the other settings for the verbs that follow:
# CLUSTER_PORT is the first of the ports (8080), CLUSTER_SHOP a published executable (without it, `up` publishes the shop),
# CLUSTER_PASSWORD that of the operator `admin`, CLUSTER_SETTINGS further settings (--Shop:Name=Kicks --Mail:From=…). The shop and
# the settings may be given again to a later verb: CLUSTER_SHOP=NEW infra/cluster.sh rolling is a deployment.
set -euo pipefail
caller=$PWD
cd "$(dirname "$0")/.."
. infra/install.sh
. infra/cluster/processes.sh
. infra/cluster/postgres.sh
# Where Debian has HAProxy, and only root looks.
PATH=$PATH:/usr/sbin

usage() {
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' infra/cluster.sh >&2
  exit 2
}

fail() {
  echo "$*" >&2
  exit 1
}

absolute() { case $1 in /*) echo "$1" ;; *) echo "$caller/$1" ;; esac; }

dir=$(absolute "${CLUSTER_DIR:-$PWD/.artifacts/cluster}")
run=$dir/run

# What lives from `up` to `down`. The file `cluster` is there for as long as something may be started.

save() {
  local name
  for name in port nodes shop password settings data; do printf '%s=%q\n' "$name" "${!name}"; done >"$run/cluster.$$"
  chmod 600 "$run/cluster.$$"
  mv "$run/cluster.$$" "$run/cluster"
}

load() {
  [ -f "$run/cluster" ] || fail "No cluster is up in $dir."
  . "$run/cluster"
  if [ -n "${CLUSTER_SHOP:-}${CLUSTER_SETTINGS:-}" ]; then
    shop=$(absolute "${CLUSTER_SHOP:-$shop}")
    check_shop
    settings=${CLUSTER_SETTINGS:-$settings}
    save
  fi
  join_cluster
}

check_shop() { [ -f "$shop" ] && [ -x "$shop" ] || fail "$shop is no executable."; }

# What makes a process of the shop one of this cluster's.
join_cluster() {
  export ASPNETCORE_ENVIRONMENT=Production
  export ConnectionStrings__Postgres="Host=127.0.0.1;Port=$((port + 1));Username=shop;Database=liveshop"
  export ConnectionStrings__Redis="127.0.0.1:$((port + 2))"
  export Admin__UserName=admin Admin__Password=$password
  export Mail__Folder=$run/mail
}

stats_port() { echo $((port + 3)); }
node_port() { echo $((port + 10 + $1)); }
node_address() { echo "http://127.0.0.1:$(node_port "$1")"; }

# Redis and HAProxy.

start_redis() {
  start redis redis-server --port $((port + 2)) --bind 127.0.0.1 --dir "$run" --save '' --appendonly no
  wait_for redis 10 redis-cli -p $((port + 2)) ping || fail "Redis does not answer; see $dir/logs/redis.log."
}

haproxy_config() {
  awk -v nodes="$nodes" -v port="$port" '
    / server node1 / {
      sub(/ shop1:8080/, " 127.0.0.1:PORT")
      for (k = 1; k <= nodes; k++) { line = $0; gsub(/node1/, "node" k, line); sub(/PORT/, port + 10 + k, line); print line }
    }
    / server node/ { next }
    {
      sub(/bind :8080/, "bind 127.0.0.1:" port)
      sub(/bind 127.0.0.1:8404/, "bind 127.0.0.1:" port + 3)
      # Names are only looked up where there are some.
      sub(/ resolvers default init-addr [^ ]*/, "")
      print
    }' infra/cluster/haproxy.cfg
}

start_haproxy() {
  haproxy_config >"$run/haproxy.cfg"
  start haproxy haproxy -db -f "$run/haproxy.cfg"
  wait_for haproxy 10 balancer_says 1 || fail "HAProxy does not answer; see $dir/logs/haproxy.log."
}

ask() { curl -sf --noproxy '*' --max-time 5 "$@"; }

# What HAProxy says of a node: UP, DOWN, or something in between.
balancer_says() {
  ask "http://127.0.0.1:$(stats_port)/;csv" |
    awk -F, -v node="node$1" '$1 == "nodes" && $2 == node { print $18; found = 1 } END { exit !found }'
}

has_node() { [ "$(balancer_says "$1")" = UP ]; }

# Nodes.

check_node() { [[ ${1:-} =~ ^[1-9]$ ]] && [ "$1" -le "$nodes" ] || fail "Which node, from 1 to $nodes?"; }

# Whether a node is ready and, because it is asked from this machine, why not; nothing if it does not answer.
node_says() { curl -s --noproxy '*' --max-time 5 "$(node_address "$1")/health/ready" | paste -sd ' ' || true; }

start_node() {
  check_shop
  # shellcheck disable=SC2086 # Words, as documented.
  ASPNETCORE_URLS=$(node_address "$1") start "node$1" "$shop" $settings
}

await_node() {
  wait_for "node$1" 120 ask "$(node_address "$1")/health/ready" ||
    fail "node$1 runs, but takes no shoppers after 120 s: $(node_says "$1")"
}

await_balancer() {
  wait_for haproxy 20 has_node "$1" || fail "HAProxy sends nobody to node$1: it is $(balancer_says "$1" || echo unknown)."
}

# A node with tabs on it drains first, and stops by itself after 58 s at the latest.
restart_node() {
  local begun=$SECONDS drained=yes
  check_shop
  stop "node$1" TERM 75 || drained=no
  start_node "$1"
  await_node "$1"
  await_balancer "$1"
  echo "node$1 is ready, after $((SECONDS - begun)) s."
  [ "$drained" = yes ] || fail "It did not drain: whoever was on it lost a live page."
}

# The verbs.

up() {
  [[ ${1:-3} =~ ^[1-9]$ ]] || usage
  nodes=${1:-3} port=${CLUSTER_PORT:-8080} password=${CLUSTER_PASSWORD:-cluster password} settings=${CLUSTER_SETTINGS:-}
  shop=$(absolute "${CLUSTER_SHOP:-$run/shop/LiveShop.Web}")
  [[ $port =~ ^[1-9][0-9]{3,4}$ ]] && [ "$port" -ge 1024 ] && [ "$port" -le 65500 ] ||
    fail "CLUSTER_PORT must be a port from 1024 to 65500, and is: $port"
  claim
  trap 'undo $?' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  check_ports
  install_missing initdb:postgresql redis-server:redis-server haproxy:haproxy curl:curl
  if [ -z "${CLUSTER_SHOP:-}" ]; then publish; fi
  join_cluster
  create_postgres
  start_postgres
  start_redis
  start_all_nodes
  start_haproxy
  rm "$run/up.pid"
  trap - EXIT
  echo "The shop is at http://127.0.0.1:$port, its operator is admin with the password: $password"
}

# Makes the directory of a cluster that runs this one's own, whoever else tries.
claim() {
  mkdir -p "$dir/logs"
  if ! mkdir "$run" 2>/dev/null; then
    is_ours || fail "$run is there, and not a cluster's. CLUSTER_DIR chooses another place."
    if any_runs; then fail "A cluster is up in $dir already; end it with: infra/cluster.sh down"; fi
    (down >/dev/null)
    mkdir "$run"
  fi
  remember up $$
  rm -f "$dir"/logs/{postgres,redis,haproxy,publish,node[1-9]}.log
  choose_data
  save
}

# Whether what lies in $run is what a cluster has left there: what is not, is not to be deleted.
is_ours() { [ -f "$run/cluster" ] || [ -f "$run/ending" ] || [ -f "$run/up.pid" ]; }

any_runs() {
  local file
  for file in "$run"/*.pid; do
    if runs "$(basename "$file" .pid)"; then return 0; fi
  done
  return 1
}

undo() {
  trap - EXIT INT TERM
  rm -f "$run/up.pid"
  down >/dev/null
  exit "$1"
}

check_ports() {
  local candidate taken=()
  for candidate in $(seq "$port" $((port + 3))) $(seq "$(node_port 1)" "$(node_port "$nodes")"); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; then taken+=("$candidate"); fi
  done
  [ "${#taken[@]}" -eq 0 ] ||
    fail "In use already: port ${taken[*]}. CLUSTER_PORT chooses the first of others; it needs that and the $((10 + nodes)) after it."
}

# Into the cluster's own folder, since what nodes run from must not change under them. Its output to a file: the compiler's server
# lives on, and would hold a pipe on this script open.
publish() {
  dotnet publish LiveShop.Web -c Release -o "$run/shop" --nologo -v quiet </dev/null >"$dir/logs/publish.log" 2>&1 ||
    fail "The shop cannot be published; $dir/logs/publish.log says: $(last_words publish)"
}

# The first alone: it makes the tables.
start_all_nodes() {
  local k
  start_node 1
  await_node 1
  for k in $(seq 2 "$nodes"); do start_node "$k"; done
  for k in $(seq 2 "$nodes"); do await_node "$k"; done
}

down() {
  local k attempt
  if ! is_ours; then
    echo "No cluster is up in $dir."
    return 0
  fi
  nodes=9 data=$run/postgres
  # From now on another verb, such as a restart that is under way, starts nothing.
  mv "$run/cluster" "$run/ending" 2>/dev/null || true
  if [ -f "$run/ending" ]; then . "$run/ending"; fi
  stop haproxy TERM 5 || true
  # Twice: the first would have them drain.
  for attempt in 1 2; do
    for k in $(seq "$nodes"); do kill -TERM "$(pid_of "node$k")" 2>/dev/null || true; done
    [ "$attempt" -eq 2 ] || sleep 0.3
  done
  for k in $(seq "$nodes"); do stop "node$k" TERM 15 || true; done
  stop redis TERM 5 || true
  find_postgres
  stop postgres QUIT 10 || true
  forget_postgres
  rm -rf "$run" "$data"
  echo "The cluster is down; its logs are in $dir/logs."
}

status() {
  local k name well=0
  for name in postgres redis haproxy; do
    if runs "$name"; then echo "$name runs"; else
      echo "$name does not run"
      well=1
    fi
  done
  for k in $(seq "$nodes"); do status_of_node "$k" || well=1; done
  return "$well"
}

status_of_node() {
  local says balanced
  balanced=$(balancer_says "$1" || echo unknown)
  if ! runs "node$1"; then
    echo "node$1 does not run; HAProxy: $balanced"
    return 1
  fi
  says=$(node_says "$1")
  echo "node$1 at $(node_address "$1"): ${says:-does not answer}; HAProxy: $balanced"
  [ "$says" = ready ] && [ "$balanced" = UP ]
}

rolling() {
  local k other
  for k in $(seq "$nodes"); do
    for other in $(seq "$nodes"); do
      if [ "$other" -ne "$k" ]; then await_balancer "$other"; fi
    done
    restart_node "$k"
  done
}

verb=${1:-}
shift || true
case $verb in
  up) up "$@" ;;
  down) down ;;
  status)
    load
    status
    ;;
  rolling)
    load
    rolling
    ;;
  restart-node)
    load
    check_node "${1:-}"
    restart_node "$1"
    ;;
  kill-node)
    load
    check_node "${1:-}"
    runs "node$1" || fail "node$1 does not run."
    crash "node$1"
    ;;
  start-node)
    load
    check_node "${1:-}"
    if runs "node$1"; then fail "node$1 runs already."; fi
    restart_node "$1"
    ;;
  freeze-node | thaw-node)
    load
    check_node "${1:-}"
    "${verb%-node}" "node$1"
    ;;
  kill | start | freeze | thaw)
    load
    case ${1:-} in redis | postgres) ;; *) usage ;; esac
    case $verb in
      kill)
        runs "$1" || fail "$1 does not run."
        crash "$1"
        ;;
      start)
        if runs "$1"; then fail "$1 runs already."; fi
        "start_$1"
        ;;
      *) "$verb" "$1" ;;
    esac
    ;;
  shop)
    load
    cd "$caller"
    # shellcheck disable=SC2086 # Words, as documented.
    exec "$shop" "$@" $settings
    ;;
  *) usage ;;
esac
