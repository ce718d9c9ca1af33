#!/usr/bin/env bash
# Measures the echo servers side by side and prints the result in Markdown; RESULTS.md says how to read it.
#
# usage: bench/echo.sh [--tls]
#
# --tls: over TLS 1.3 with AES-128-GCM, X25519 and a key on P-256.
#
# ROUNDS   how often each server is measured with each shape, in a JVM of its own each time (5)
# WARM     seconds of load before it counts (4)
# SECS     seconds that count (5)
# SERVERS  which: by class name ("RawNioEcho HaftEcho NettyEcho"), with --tls "haft jdk boringssl"
# BASES    which of them the others are divided by ("RawNioEcho", with --tls "jdk boringssl")
# SHAPES   CONNECTIONSxDEPTH, or CONNECTIONSxDEPTHxSIZE for other lines than of 64 bytes ("50x16 50x1")
# RECORDS  with --tls, what the load puts into a record: what it sends at a time ("shared"), or each line ("each")
# JAVA, SERVER_CPU, LOAD_CPU: see common.sh
set -euo pipefail
rounds=${ROUNDS:-5}
warm=${WARM:-4}
secs=${SECS:-5}
tls=
[ "${1:-}" != --tls ] || tls=${RECORDS:-shared}
read -ra servers <<<"${SERVERS:-${tls:+haft jdk boringssl}}"
[ ${#servers[@]} -gt 0 ] || servers=(RawNioEcho HaftEcho NettyEcho)
bases=${BASES:-${tls:+jdk boringssl}}
bases=${bases:-RawNioEcho}
read -ra shapes <<<"${SHAPES:-50x16 50x1}"
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start() { # start SERVER
  if [ -n "$tls" ]; then
    start_server TlsEcho "$1" "$work/keys.p12" </dev/null
  else
    start_server "$1" </dev/null
  fi
}

load_args=()
case $tls in
  '') ;;
  shared) load_args=(-T) ;;
  each) load_args=(-R) ;;
  *) fail "RECORDS is shared or each" ;;
esac
[ -z "$tls" ] || use_tls
build
[ -z "$tls" ] || make_keys
about=$(machine)
: >"$work/results"
for ((round = 0; round < rounds; round++)); do
  for shape in "${shapes[@]}"; do
    IFS=x read -r conns depth size <<<"$shape"
    for ((i = 0; i < ${#servers[@]}; i++)); do
      # Each round begins with another one: what the machine does meanwhile hits all alike.
      server=${servers[(i + round) % ${#servers[@]}]}
      start "$server"
      result=$(load "${load_args[@]}" -p "$server_pid" -c "$conns" -d "$depth" -s "${size:-64}" -w "$warm" -t "$secs") ||
        fail "$server: the load generator failed"
      stop_server
      say "round $((round + 1)) $shape $server: $result"
      echo "$shape $server $result" >>"$work/results"
    done
  done
done

echo "$about"
rounds_done
[ -z "$tls" ] || echo "- TLS 1.3, AES-128-GCM, X25519, P-256; the load makes a record of" \
  "$([ "$tls" = each ] && echo "each line" || echo "what it sends at a time")"
awk -v servers="${servers[*]}" -v bases="$bases" -v shapes="${shapes[*]}" "$medians"'
  END {
    n_servers = split(servers, server, " ")
    n_bases = split(bases, base, " ")
    n_shapes = split(shapes, shape, " ")
    for (i = 1; i <= n_shapes; i++) {
      split(shape[i], part, "x")
      printf "\n%d connections, %d requests in flight on each, lines of %d bytes:\n\n", part[1], part[2],
        part[3] ? part[3] : 64
      head = "| server | CPU µs/msg, median | least to most | msg/s, median |"
      rule = "|---|---:|---:|---:|"
      for (b = 1; b <= n_bases; b++) {
        head = head " CPU of " base[b] " |"
        rule = rule "---:|"
      }
      print head "\n" rule
      for (k = 1; k <= n_servers; k++) {
        rate = median(shape[i] " " server[k], "msg/s")
        cpu = median(shape[i] " " server[k], "cpu_us/msg")
        printf "| %s | %.3f | %.3f to %.3f | %.0f |", server[k], cpu, least, most, rate
        for (b = 1; b <= n_bases; b++) printf " %s |", ratio(cpu, median(shape[i] " " base[b], "cpu_us/msg"))
        print ""
      }
    }
  }' "$work/results"
