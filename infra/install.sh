# Sourced by the other scripts: installs Debian packages for programs that are missing.
#   install_missing PROGRAM:PACKAGE...
# As root on Debian it installs; elsewhere it says what to install and ends.

program_exists() {
  command -v "$1" >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null
}

install_missing() {
  local wanted packages=()
  for wanted in "$@"; do
    program_exists "${wanted%%:*}" || packages+=("${wanted#*:}")
  done
  [ "${#packages[@]}" -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Please install: ${packages[*]}" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

if ! command -v dotnet >/dev/null; then
  echo "Please install the .NET SDK 10." >&2
  exit 1
fi
