#!/bin/sh
# Runs a command against a throw-away PostgreSQL server that listens on a socket in its own folder only.
# Autovacuum is off: what it sweeps, and when, is not the same in two runs, and a test looks at dead rows.
# It is as durable as a real one: a test stops it in the middle of everything.
# Exit code 77: PostgreSQL is not on this machine.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null)" 2>/dev/null)
[ -x "$bin/initdb" ] || { echo "PostgreSQL's programs are not on this machine. Remedy: apt-get install postgresql." >&2; exit 77; }
folder=$(mktemp -d)
as_server() { if [ "$(id -u)" = 0 ]; then setpriv --reuid="$(id -u postgres)" --regid="$(id -g postgres)" --clear-groups "$@"; else "$@"; fi; }
if [ "$(id -u)" = 0 ]; then id postgres >/dev/null 2>&1 || useradd --system postgres; chown postgres "$folder"; chmod 755 "$folder"; fi
trap 'as_server "$bin/pg_ctl" -D "$folder/db" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT INT TERM
as_server "$bin/initdb" -D "$folder/db" -U driegesprek --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null || exit 1
as_server "$bin/pg_ctl" -D "$folder/db" -w -l "$folder/log" -o "-c listen_addresses='' -c unix_socket_directories=$folder -c max_connections=200 -c autovacuum=off" start >/dev/null || { cat "$folder/log" >&2; exit 1; }
as_server "$bin/createdb" -h "$folder" -U driegesprek driegesprek || exit 1
DRIEGESPREK_DATABASE="postgresql://driegesprek@/driegesprek?host=$folder" "$@"
