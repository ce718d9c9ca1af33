#!/usr/bin/env bash
# TLS in memory: Haft's engines, the JDK's and BoringSSL (by Netty) side by side. Prints a table.
#
# usage: tls.sh [PEER...]      (haft jdk boringssl)
#
# JAVA         the java binary (java)
# MILLIS       processor time for each figure (4000)
# CONNECTIONS  how many idle connections (5000)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

peers=("$@")
[ ${#peers[@]} -gt 0 ] || peers=(haft jdk boringssl)
build
make_keys
flags=(-XX:+UseSerialGC -Xms1g -Xmx1g)
if "$java" --version | head -1 | grep -qE ' (2[4-9]|[3-9][0-9])[. ]'; then
  flags+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
fi
"$java" --version | head -1
"$java" "${flags[@]}" -cp "$target/classes:$target/lib/*" dev.haft.bench.TlsBench "$work/keys.p12" \
  "${MILLIS:-4000}" "${CONNECTIONS:-5000}" "${peers[@]}"
