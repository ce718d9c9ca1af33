#!/usr/bin/env bash
# The JMH benchmarks of the codecs; arguments go to JMH (a pattern of names, -f, -wi, -i, -p bytes=200 ...).
# Prints a table in Markdown-ready text; about 20 minutes with the defaults.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

build
machine "all on core $server_cpu"
# The collector that common.sh names runs on the core of the benchmark: what garbage costs is counted.
taskset -c "$server_cpu" "$java" "${jvm_flags[@]}" -Xms2g -Xmx2g -cp "$target/classes:$target/lib/*" org.openjdk.jmh.Main \
  -f "${FORKS:-3}" -wi "${WARM:-5}" -w 1 -i "${ITERATIONS:-5}" -r 1 \
  -jvmArgsAppend "${jvm_flags[*]} -Xms2g -Xmx2g" "${@:-dev.haft.bench.codec}"
