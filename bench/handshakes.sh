#!/usr/bin/env bash
# Measures full TLS handshakes over sockets, and how long they keep others of the same loop waiting; prints the result in
# Markdown. RESULTS.md says how to read it.
#
# usage: bench/handshakes.sh
#
# ROUNDS   how often each server is measured with each storm, in a JVM of its own each time (3)
# WARM     seconds of handshakes before it counts (10)
# SECS     seconds that count (10)
# SERVERS  which ("haft haft-executor"; there are jdk and boringssl, too)
# STORMS   CONNECTIONSxRATE: so many connect, exchange a line and close at a time, and all of them together so often a
#          second; a rate of 0 is as often as they can ("8x0 8x200")
# JAVA, SERVER_CPU, LOAD_CPU: see common.sh; SERVER_CPU=0,1 gives the executor a core besides the loop's
set -euo pipefail
rounds=${ROUNDS:-3}
warm=${WARM:-10}
secs=${SECS:-10}
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
      load -T -m conn -p "$server_pid" -c "$conns" -i $((rate ? 1000000 * conns / rate : 0)) -w "$warm" -t "$secs" \
        >"$work/storm.out" &
      load_pid=$!
      waits=$("${first[@]}" taskset -c "$load_cpu" "$loadgen" 127.0.0.1 "$clear" -m paced -i 1000 -w "$warm" -t "$secs") ||
        fail "$server: the paced load failed"
      wait "$load_pid" || fail "$server: the load generator failed"
      load_pid=
      stop_server
      storm_result=$(cat "$work/storm.out")
      say "round $((round + 1)) $storm $server: $storm_result; $waits"
      echo "$storm $server $storm_result $waits" >>"$work/results"
    done
  done
done

echo "$about"
echo "- load average at the end: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo "- rounds: $rounds, each with a fresh JVM: $warm s of warm-up, then $secs s that count"
echo "- TLS 1.3, AES-128-GCM, X25519, P-256, not resumed; meanwhile a line goes there and back in clear text each millisecond"
awk -v servers="${servers[*]}" -v storms="${storms[*]}" '
  # STORM SERVER conn/s N cpu_us/conn N p50us N p99us N requests N p50us N p99us N p999us N maxus N
  {
    n = ++count[$1 " " $2]
    for (i = 3; i < NF; i += 2) {
      name = (i > 10 ? "echo " : "") $i
      value[name, $1 " " $2, n] = $(i + 1)
    }
  }
  function median(name, key,    n, i, j, t) {
    n = count[key]
    for (i = 1; i <= n; i++) s[i] = value[name, key, i] + 0
    for (i = 2; i <= n; i++) for (j = i; j > 1 && s[j - 1] > s[j]; j--) { t = s[j]; s[j] = s[j - 1]; s[j - 1] = t }
    return n % 2 ? s[(n + 1) / 2] : (s[n / 2] + s[n / 2 + 1]) / 2
  }
  END {
    n_servers = split(servers, server, " ")
    n_storms = split(storms, storm, " ")
    for (i = 1; i <= n_storms; i++) {
      split(storm[i], part, "x")
      printf "\n%d connections at a time, %s:\n\n", part[1], part[2] + 0 ? part[2] " a second" : "as often as they can"
      print "| server | handshakes/s | CPU µs/handshake | echo µs, median | 99 % | 99.9 % | longest |"
      print "|---|---:|---:|---:|---:|---:|---:|"
      for (k = 1; k <= n_servers; k++) {
        key = storm[i] " " server[k]
        printf "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |\n", server[k], median("conn/s", key),
          median("cpu_us/conn", key), median("echo p50us", key), median("echo p99us", key), median("echo p999us", key),
          median("echo maxus", key)
      }
    }
  }' "$work/results"
