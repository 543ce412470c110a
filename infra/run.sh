#!/usr/bin/env bash
# Installs what the shop needs, and runs it on http://localhost:5000 with a private database.
# Arguments are settings, such as --Shop:Name=Kicks or --urls=http://localhost:8080.
set -euo pipefail
cd "$(dirname "$0")/.."
. infra/install.sh

case " $* " in
  *ConnectionStrings:Postgres*) ;;
  *) [ -n "${ConnectionStrings__Postgres:-}" ] || install_missing initdb:postgresql ;;
esac
exec dotnet run --project LiveShop.Web -- "$@"
