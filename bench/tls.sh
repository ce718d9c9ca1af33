#!/usr/bin/env bash
# TLS in memory: Haft's engines, the JDK's and BoringSSL (by Netty) side by side; prints the result in Markdown. RESULTS.md
# says how to read it.
#
# usage: bench/tls.sh [PEER...]
#
# PEER: haft, jdk or boringssl; all of them unless said. The first is divided by each of the others.
#
# ROUNDS       how often each peer is measured with each row, in a JVM of its own each time (5); idle once
# WARM         seconds of the processor before it counts (12: handshakes are a lot of code)
# SECS         seconds of the processor that count (3)
# ROWS         which ("bulk small full hybrid resumed idle")
# CONNECTIONS  how many idle connections (5000)
# SERVER_CPU   the cores of the JVM (0,1: while one measures, the other compiles; on one it takes 30 s to get warm)
# JAVA         see common.sh
set -euo pipefail
rounds=${ROUNDS:-5}
warm=${WARM:-12}
secs=${SECS:-3}
connections=${CONNECTIONS:-5000}
read -ra rows <<<"${ROWS:-bulk small full hybrid resumed idle}"
peers=("$@")
[ ${#peers[@]} -gt 0 ] || peers=(haft jdk boringssl)
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
server_cpu=${SERVER_CPU:-0,1}

measure() { # measure ROW PEER
  if [ "$1" = idle ]; then
    jvm TlsIdle "$work/keys.p12" "$2" "$connections"
  else
    jvm TlsBench "$work/keys.p12" "$2" "$1" "$warm" "$secs"
  fi
}

jvm_flags=(-XX:+UseSerialGC -Xms1g -Xmx1g)
allow_native
build
make_keys
about=$(machine "the JVM on core $server_cpu")
: >"$work/results"
for ((round = 0; round < rounds; round++)); do
  for row in "${rows[@]}"; do
    [ "$row" != idle ] || [ "$round" = 0 ] || continue
    for ((i = 0; i < ${#peers[@]}; i++)); do
      peer=${peers[(i + round) % ${#peers[@]}]}
      result=$(measure "$row" "$peer" 2>"$work/err") || fail "$row $peer: $(cat "$work/err")"
      say "round $((round + 1)) $row $peer: $result"
      echo "$row $peer $result" >>"$work/results"
    done
  done
done

echo "$about"
rounds_done
echo "- TLS 1.3, AES-128-GCM, X25519, P-256; $connections idle connections"
echo
awk -v peers="${peers[*]}" "$medians"'
  function show(row, name, what,    cells, ratios, k, m, first, any) {
    for (k = 1; k <= n_peers; k++) {
      m = median(row " " peer[k], name)
      any = any m
      cells = cells " " (m == "" ? "-" : sprintf(least < most ? "%.0f (%.0f to %.0f)" : "%.0f", m, least, most)) " |"
      if (k == 1) first = m
      else ratios = ratios " " ratio(first, m) " |"
    }
    if (any != "") print "| " what " |" cells ratios
  }
  END {
    n_peers = split(peers, peer, " ")
    head = "| median (least to most) |"
    rule = "|---|"
    for (k = 1; k <= n_peers; k++) {
      head = head " " peer[k] " |"
      rule = rule "---:|"
    }
    for (k = 2; k <= n_peers; k++) {
      head = head " " peer[1] "/" peer[k] " |"
      rule = rule "---:|"
    }
    print head "\n" rule
    show("bulk", "MB/s", "bulk, 16-KB records, both ways, MB/s")
    show("bulk", "bytes", "garbage of a 16-KB record, sealed and opened, bytes")
    show("small", "ns", "100-byte message, sealed and opened, ns")
    show("small", "bytes", "garbage of a 100-byte message, bytes")
    show("full", "handshakes/s", "full handshakes a CPU second, x25519")
    show("full", "bytes", "garbage of a full handshake, bytes")
    show("hybrid", "handshakes/s", "full handshakes a CPU second, X25519MLKEM768")
    show("hybrid", "bytes", "garbage of such a handshake, bytes")
    show("resumed", "handshakes/s", "resumed handshakes a CPU second, x25519")
    show("resumed", "bytes", "garbage of a resumed handshake, bytes")
    speedups()
    show("idle", "bytes", "heap of an idle connection end, bytes")
  }
  function speedups(    line, k, any, full, resumed) {
    for (k = 1; k <= n_peers; k++) {
      full = median("full " peer[k], "handshakes/s")
      resumed = median("resumed " peer[k], "handshakes/s")
      if (full != "" && resumed != "") any = 1
      line = line " " ratio(resumed, full) " |"
    }
    for (k = 2; k <= n_peers; k++) line = line " |"
    if (any) print "| resumed handshakes by full ones, x25519 |" line
  }' "$work/results"
