# Sourced by infra/cluster.sh: a PostgreSQL in $data, on the second port.

postgres_bin() { dirname "$(command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1)"; }

# As the user postgres when this is root: PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Under the cluster's directory, or where the user postgres cannot go there, in one of its own.
choose_data() {
  data=$run/postgres
  if [ "$(id -u)" -eq 0 ] && ! as_postgres test -x "$run"; then data=$(mktemp -d /tmp/liveshop-cluster.XXXXXX); fi
}

create_postgres() {
  mkdir -p "$data"
  chmod 700 "$data"
  if [ "$(id -u)" -eq 0 ]; then chown postgres: "$data"; fi
  as_postgres "$(postgres_bin)/initdb" -D "$data" -U shop -A trust -E UTF8 --locale=C.UTF-8 </dev/null >>"$dir/logs/postgres.log" 2>&1 ||
    fail "PostgreSQL cannot be set up; $dir/logs/postgres.log says: $(last_words postgres)"
}

# With durable defaults. A connection pool is 40, one for each node and one for the command line. No Unix socket, whose path
# could be too long, and no shared memory outside the data, which a crash would leave behind.
start_postgres() {
  local options="-p $((port + 1)) -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c dynamic_shared_memory_type=mmap"
  options+=" -c max_connections=$(((nodes + 1) * 40 + 20))"
  unlock_postgres
  as_postgres "$(postgres_bin)/pg_ctl" start -s -w -t 60 -D "$data" -o "$options" </dev/null >>"$dir/logs/postgres.log" 2>&1 ||
    fail "PostgreSQL does not start; $dir/logs/postgres.log says: $(last_words postgres)"
  remember postgres "$(head -n 1 "$data/postmaster.pid")"
}

# PostgreSQL takes one that was killed for running until somebody has reaped it. That no child of it is left it finds out itself.
unlock_postgres() {
  local former
  former=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) || return 0
  if [ -z "$(started_at "$former")" ]; then rm -f "$data/postmaster.pid"; fi
}

# One whose start was broken off, so that nobody has remembered it.
find_postgres() {
  local pid
  pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) || return 0
  if tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "-D $data "; then remember postgres "$pid"; fi
}

# What the kernel keeps of a PostgreSQL that was killed and never started again.
forget_postgres() {
  local segment
  segment=$(awk 'NR == 7 { print $2 }' "$data/postmaster.pid" 2>/dev/null) || return 0
  if [ -n "$segment" ] && command -v ipcrm >/dev/null; then ipcrm -m "$segment" 2>/dev/null || true; fi
}
