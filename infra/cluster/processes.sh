# Sourced by infra/cluster.sh: programs in the background. $run holds a file for each, with its number and the time of its start,
# because after a while the number may be another's; $dir/logs holds what they say.

# When a process started; nothing if it has ended, even if nobody has reaped it yet.
started_at() { { sed 's/.*) //' "/proc/$1/stat" | awk '$1 != "Z" { print $20 }'; } 2>/dev/null || true; }

remember() { echo "$2 $(started_at "$2")" >"$run/$1.pid"; }

# The number of a running program; fails if it does not run.
pid_of() {
  local pid started
  { read -r pid started <"$run/$1.pid"; } 2>/dev/null && [ -n "$started" ] && [ "$(started_at "$pid")" = "$started" ] && echo "$pid"
}

runs() { pid_of "$1" >/dev/null; }

last_words() { tail -n 3 "$dir/logs/$1.log" 2>/dev/null | cut -c 1-500; }

# Starts a program in the background: its name, then the command. It holds nothing of this script's, so a pipe on it ends.
start() {
  local name=$1
  shift
  setsid "$@" </dev/null >>"$dir/logs/$name.log" 2>&1 &
  # Or the shell would announce its end.
  disown
  # Somebody may have ended the cluster meanwhile; whoever does so later finds it.
  if ! remember "$name" $! 2>/dev/null || [ ! -f "$run/cluster" ]; then
    kill -9 $! 2>/dev/null || true
    fail "The cluster in $dir was ended."
  fi
}

# Waits until a program does what it should: its name, the seconds it may take, and the command that tells.
wait_for() {
  local name=$1 seconds=$2 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    runs "$name" || fail "$name ended; $dir/logs/$name.log says: $(last_words "$name")"
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

# Whether all these processes have ended within the seconds given first.
gone() {
  local deadline=$((SECONDS + $1)) pid
  shift
  for pid in "$@"; do
    while [ -n "$(started_at "$pid")" ]; do
      [ "$SECONDS" -lt "$deadline" ] || return 1
      sleep 0.05
    done
  done
}

# Ends a program, even if it stands still: its name, the signal, and the seconds it may take. Fails if it had to be killed.
stop() {
  local pid pids
  pid=$(pid_of "$1") || return 0
  read -ra pids <<<"$(family_of "$1")" || true
  kill -CONT "${pids[@]}" 2>/dev/null || true
  kill "-$2" "$pid" 2>/dev/null || true
  if gone "$3" "$pid"; then return 0; fi
  echo "$1 did not stop in $3 s and was killed." >&2
  crash "$1"
  return 1
}

# A running program and its children; nothing if it does not run.
family_of() {
  local pid
  pid=$(pid_of "$1") || return 0
  echo "$pid $(cat "/proc/$pid/task/$pid/children" 2>/dev/null)"
}

# With its children: PostgreSQL's would otherwise live on for as long as their query takes.
crash() {
  local pids
  read -ra pids <<<"$(family_of "$1")" || true
  [ "${#pids[@]}" -gt 0 ] || return 0
  kill -9 "${pids[@]}" 2>/dev/null || true
  gone 10 "${pids[@]}" || fail "$1 cannot be killed."
}

# Has a program and its children stand still, and go on.
freeze() { signal "$1" STOP; }
thaw() { signal "$1" CONT; }

signal() {
  local pids
  read -ra pids <<<"$(family_of "$1")" || true
  [ "${#pids[@]}" -gt 0 ] || fail "$1 does not run."
  kill "-$2" "${pids[@]}"
}
