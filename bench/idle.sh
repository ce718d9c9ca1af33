#!/usr/bin/env bash
# Measures the heap that an idle connection takes and prints the result in Markdown; RESULTS.md says how to read it.
#
# usage: bench/idle.sh [--tls]
#
# --tls: over TLS 1.3, as in echo.sh
#
# CONNS    how many connections (5000)
# SERVERS  which ("RawNioEcho HaftEcho HaftPushed NettyEcho", with --tls "haft jdk boringssl")
# JAVA, SERVER_CPU, LOAD_CPU: see common.sh
set -euo pipefail
conns=${CONNS:-5000}
tls=
[ "${1:-}" != --tls ] || tls=yes
read -ra servers <<<"${SERVERS:-${tls:+haft jdk boringssl}}"
[ ${#servers[@]} -gt 0 ] || servers=(RawNioEcho HaftEcho HaftPushed NettyEcho)
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ "$(ulimit -Hn)" = unlimited ] || [ "$(ulimit -Hn)" -ge $((conns + 200)) ] ||
  fail "$conns connections need a ulimit -Hn of $((conns + 200))"

last_line() { # last_line FILE PATTERN COUNT: waits until COUNT lines match; sets line to the last one
  local tries
  for ((tries = 0; tries < 6000; tries++)); do
    if [ "$(grep -c "$2" "$1")" -ge "$3" ]; then
      line=$(grep "$2" "$1" | tail -n 1)
      return 0
    fi
    kill -0 "$server_pid" 2>/dev/null && kill -0 "${load_pid:-$server_pid}" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/server.err" >&2
  fail "nothing came of: $2"
}

used() { # used COUNT: asks the server for the COUNTth time; sets heap and direct
  echo heap >&3
  last_line "$work/server.out" '^HEAP' "$1"
  read -r _ heap _ direct <<<"$line"
}

[ -z "$tls" ] || use_tls
build
[ -z "$tls" ] || make_keys
about=$(machine)
: >"$work/rows"
for server in "${servers[@]}"; do
  rm -f "$work/in"
  mkfifo "$work/in"
  exec 3<>"$work/in"
  start_server IdleHeap "$server" ${tls:+"$work/keys.p12"} <"$work/in"
  # What is loaded and allocated once is not to be counted: the first connections come and go before.
  load ${tls:+-T} -m idle -c 200 -w 0 -t 1 >/dev/null || fail "$server: the load generator failed"
  sleep 1
  used 1
  heap_before=$heap direct_before=$direct
  : >"$work/load.out"
  taskset -c "$load_cpu" "$loadgen" 127.0.0.1 "$port" ${tls:+-T} -m idle -c "$conns" -w 0 -t 600 >"$work/load.out" &
  load_pid=$!
  last_line "$work/load.out" "answered $conns\$" 1
  used 2
  kill -0 "$load_pid" 2>/dev/null || fail "$server: the load generator is gone"
  echo "| $server | $(((heap - heap_before) / conns)) | $(((direct - direct_before) / conns)) |" >>"$work/rows"
  say "$server: heap $heap_before to $heap, direct $direct_before to $direct"
  end "$load_pid"
  load_pid=
  stop_server
  exec 3>&-
done

echo "$about"
echo "- connections: $conns, each with one line echoed and a read of the next one pending"
echo
echo "| server | heap, bytes/connection | direct buffers, bytes/connection |"
echo "|---|---:|---:|"
cat "$work/rows"
