#!/usr/bin/env bash
# Measures full TLS handshakes over sockets, and how long they keep others of the same loop waiting; prints the result in
# Markdown. RESULTS.md says how to read it.
#
# usage: bench/handshakes.sh
#
# ROUNDS   how often each server is measured with each storm, in a JVM of its own each time (5)
# WARM     seconds of handshakes, as often as they can, before the storm (8)
# SECS     seconds of the storm that count; one second before them does not (6)
# SERVERS  which ("haft haft-executor"; there are jdk and boringssl, too)
# STORMS   CONNECTIONSxRATE: so many connect, exchange a line and close at a time, and all of them together so often a
#          second; a rate of 0 is as often as they can ("8x0 8x200")
# JAVA, SERVER_CPU, LOAD_CPU: see common.sh; SERVER_CPU=0,1 gives the executor a core besides the loop's
set -euo pipefail
rounds=${ROUNDS:-5}
warm=${WARM:-8}
secs=${SECS:-6}
read -ra servers <<<"${SERVERS:-haft haft-executor}"
read -ra storms <<<"${STORMS:-8x0 8x200}"
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# The one who waits must not wait for the load generator, which computes on the same core.
first=()
! chrt -f 1 true 2>/dev/null || first=(chrt -f 1)

use_tls
build
make_keys
about=$(machine)
: >"$work/results"
for ((round = 0; round < rounds; round++)); do
  for storm in "${storms[@]}"; do
    IFS=x read -r conns rate <<<"$storm"
    for ((i = 0; i < ${#servers[@]}; i++)); do
      server=${servers[(i + round) % ${#servers[@]}]}
      start_server TlsEcho "$server" "$work/keys.p12" </dev/null
      clear=$(sed -n 's/^CLEAR //p' "$work/server.out")
      storm_load=(-T -m conn -p "$server_pid" -c "$conns")
      # Of a slow storm alone the server would not become warm.
      load "${storm_load[@]}" -w 0 -t "$warm" >/dev/null || fail "$server: the load generator failed"
      load "${storm_load[@]}" -i $((rate ? 1000000 * conns / rate : 0)) -w 1 -t "$secs" >"$work/storm.out" &
      load_pid=$!
      waits=$("${first[@]}" taskset -c "$load_cpu" "$loadgen" 127.0.0.1 "$clear" -m paced -i 1000 -w 1 -t "$secs") ||
        fail "$server: the paced load failed"
      wait "$load_pid" || fail "$server: the load generator failed"
      load_pid=
      stop_server
      storm_result=$(cat "$work/storm.out")
      say "round $((round + 1)) $storm $server: $storm_result; $waits"
      # How long the handshakes took themselves depends on how many there are at a time.
      echo "$storm $server ${storm_result%% p50us*} $waits" >>"$work/results"
    done
  done
done

echo "$about"
rounds_done
echo "- TLS 1.3, AES-128-GCM, X25519, P-256, not resumed; meanwhile a line goes there and back in clear text each millisecond"
awk -v servers="${servers[*]}" -v storms="${storms[*]}" "$medians"'
  END {
    n_servers = split(servers, server, " ")
    n_storms = split(storms, storm, " ")
    for (i = 1; i <= n_storms; i++) {
      split(storm[i], part, "x")
      printf "\n%d connections at a time, %s; medians:\n\n", part[1],
        part[2] + 0 ? part[2] " a second" : "as often as they can"
      print "| server | handshakes/s | CPU µs/handshake | least to most | echo µs, half | 99 % | 99.9 % | longest | least to most |"
      print "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
      for (k = 1; k <= n_servers; k++) {
        key = storm[i] " " server[k]
        printf "| %s | %.0f |", server[k], median(key, "conn/s")
        printf " %.0f |", median(key, "cpu_us/conn")
        printf " %.0f to %.0f |", least, most
        printf " %.0f | %.0f | %.0f |", median(key, "p50us"), median(key, "p99us"), median(key, "p999us")
        printf " %.0f |", median(key, "maxus")
        printf " %.0f to %.0f |\n", least, most
      }
    }
  }' "$work/results"
