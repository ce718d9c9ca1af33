#!/usr/bin/env bash
# Measures the echo servers side by side and prints the result in Markdown; RESULTS.md says how to read it.
#
# usage: bench/echo.sh
#
# ROUNDS   how often each server is measured with each shape, in a JVM of its own each time (5)
# WARM     seconds of load before it counts (4)
# SECS     seconds that count (5)
# SERVERS  which, by class name ("RawNioEcho HaftEcho NettyEcho"); the ratios need RawNioEcho
# SHAPES   CONNECTIONSxDEPTH, or CONNECTIONSxDEPTHxSIZE for other lines than of 64 bytes ("50x16 50x1")
# JAVA, SERVER_CPU, LOAD_CPU: see common.sh
set -euo pipefail
rounds=${ROUNDS:-5}
warm=${WARM:-4}
secs=${SECS:-5}
read -ra servers <<<"${SERVERS:-RawNioEcho HaftEcho NettyEcho}"
read -ra shapes <<<"${SHAPES:-50x16 50x1}"
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

build
about=$(machine)
: >"$work/results"
for ((round = 0; round < rounds; round++)); do
  for shape in "${shapes[@]}"; do
    IFS=x read -r conns depth size <<<"$shape"
    for ((i = 0; i < ${#servers[@]}; i++)); do
      # Each round begins with another one: what the machine does meanwhile hits all alike.
      server=${servers[(i + round) % ${#servers[@]}]}
      start_server "$server" </dev/null
      result=$(load -p "$server_pid" -c "$conns" -d "$depth" -s "${size:-64}" -w "$warm" -t "$secs") ||
        fail "$server: the load generator failed"
      stop_server
      say "round $((round + 1)) $shape $server: $result"
      echo "$shape $server $result" >>"$work/results"
    done
  done
done

echo "$about"
echo "- load average at the end: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo "- rounds: $rounds, each with a fresh JVM: $warm s of warm-up, then $secs s that count"
awk -v servers="${servers[*]}" -v shapes="${shapes[*]}" '
  # SHAPE SERVER msg/s N cpu_us/msg N ...
  { key = $1 " " $2; n = ++count[key]; rate[key, n] = $4; cpu[key, n] = $6 }
  function sorted(values, key,    n, i, j, t) {
    n = count[key]
    for (i = 1; i <= n; i++) s[i] = values[key, i] + 0
    for (i = 2; i <= n; i++) for (j = i; j > 1 && s[j - 1] > s[j]; j--) { t = s[j]; s[j] = s[j - 1]; s[j - 1] = t }
    return n % 2 ? s[(n + 1) / 2] : (s[n / 2] + s[n / 2 + 1]) / 2
  }
  END {
    n_servers = split(servers, server, " ")
    n_shapes = split(shapes, shape, " ")
    for (i = 1; i <= n_shapes; i++) {
      split(shape[i], part, "x")
      base = count[shape[i] " RawNioEcho"] ? sorted(cpu, shape[i] " RawNioEcho") : 0
      printf "\n%d connections, %d requests in flight on each, lines of %d bytes:\n\n", part[1], part[2],
        part[3] ? part[3] : 64
      print "| server | CPU µs/msg, median | least to most | msg/s, median | CPU of RawNioEcho |"
      print "|---|---:|---:|---:|---:|"
      for (k = 1; k <= n_servers; k++) {
        key = shape[i] " " server[k]
        median = sorted(cpu, key)
        spread = sprintf("%.3f to %.3f", s[1], s[count[key]])
        printf "| %s | %.3f | %s | %.0f | %s |\n", server[k], median, spread, sorted(rate, key),
          base ? sprintf("%.2f x", median / base) : "-"
      }
    }
  }' "$work/results"
