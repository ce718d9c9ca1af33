# What the scripts of this folder share; sourced by them.
#
# JAVA        the java binary that runs the servers (java); a launcher script will not do: its pid is measured
# SERVER_CPU  the core that the server is pinned to (0)
# LOAD_CPU    the core that the load generator is pinned to (1)

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
java=${JAVA:-java}
server_cpu=${SERVER_CPU:-0}
load_cpu=${LOAD_CPU:-1}
load_flags=() # a script that loads TLS has some here, and another name for loadgen
jvm_flags=(-XX:+UseSerialGC -Xms512m -Xmx512m)
target=$bench/target
loadgen=$target/loadgen
work=$(mktemp -d)
server_pid=
load_pid=

say() { echo "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

end() { # end PID: ends a process that we started, and waits for it
  [ -n "$1" ] || return 0
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

clean_up() {
  end "$load_pid"
  end "$server_pid"
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

build() {
  local stamp=$target/lib changed=
  if [ -d "$stamp" ]; then
    changed=$(find "$bench"/../pom.xml "$bench"/../{api,engine,codec-json,codec-cbor,tls-bc,bench}/{pom.xml,src/main} -newer "$stamp" -type f \
      -print -quit)
  fi
  if [ ! -d "$stamp" ] || [ -n "$changed" ]; then
    say "building"
    mvn -q -B -f "$bench/../pom.xml" -pl bench -am -DskipTests package >&2 || fail "the build failed"
    touch "$stamp"
  fi
  if [ ! -x "$loadgen" ] || [ -n "$(find "$bench/src/main/c" -newer "$loadgen" -type f -print -quit)" ]; then
    gcc -O2 -o "$loadgen" "$bench/src/main/c/loadgen.c" "${load_flags[@]}" -pthread || fail "cannot compile loadgen"
  fi
}

use_tls() { # loads over TLS, by OpenSSL (Debian: libssl-dev)
  loadgen=$target/loadgen-tls
  load_flags=(-DWITH_TLS "$bench/src/main/c/tls.c" -lssl -lcrypto)
  allow_native
}

allow_native() { # what Netty's own libraries ask for on newer versions
  if "$java" --version | head -n 1 | grep -qE ' (2[4-9]|[3-9][0-9])[. ]'; then
    jvm_flags+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  fi
}

make_keys() { # a key on P-256 and its certificate: $work/keys.p12
  "$(dirname "$(readlink -f "$(command -v "$java")")")/keytool" -genkeypair -alias bench -keyalg EC -groupname secp256r1 \
    -dname CN=localhost -validity 30 -storetype PKCS12 -storepass changeit -keystore "$work/keys.p12" \
    >"$work/keytool.out" 2>&1 || fail "$(cat "$work/keytool.out")"
}

jvm() { # jvm CLASS [ARG...]: becomes a JVM; for a subshell
  exec taskset -c "$server_cpu" "$java" "${jvm_flags[@]}" -cp "$target/classes:$target/lib/*" "dev.haft.bench.$1" "${@:2}"
}

start_server() { # start_server CLASS [ARG...]: sets server_pid and port; standard input is the caller's
  : >"$work/server.out"
  jvm "$@" >"$work/server.out" 2>"$work/server.err" <&0 &
  server_pid=$!
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    port=$(sed -n 's/^PORT //p' "$work/server.out")
    [ -z "$port" ] || return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/server.err" >&2
  fail "$1 did not start"
}

stop_server() {
  end "$server_pid"
  server_pid=
}

load() { # load ARG...: runs the load generator against the server
  taskset -c "$load_cpu" "$loadgen" 127.0.0.1 "$port" "$@"
}

machine() { # machine [CORES]: what a reader needs to know of where the figures come from
  echo "- date: $(date -u +'%Y-%m-%d %H:%M UTC')"
  echo "- Java: $("$java" -version 2>&1 | grep -v '^Picked up' | sed -n '2p')"
  echo "- JVM flags: \`${jvm_flags[*]}\`"
  echo "- kernel: $(uname -sr)"
  echo "- processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc --all) cores," \
    "${1:-server on core $server_cpu, load on core $load_cpu}"
  echo "- load average at the start: $(cut -d ' ' -f 1-3 /proc/loadavg)"
}

rounds_done() { # the same at the end; of rounds, warm and secs
  echo "- load average at the end: $(cut -d ' ' -f 1-3 /proc/loadavg)"
  echo "- rounds: $rounds, each with a fresh JVM: $warm s of warm-up, then $secs s that count"
}

# For awk, on lines of GROUP WHO NAME VALUE NAME VALUE...: median("GROUP WHO", NAME) is "" where there are no values.
medians='
  {
    key = $1 " " $2
    n = ++count[key]
    for (i = 3; i < NF; i += 2) value[key, $i, n] = $(i + 1) + 0
  }
  function median(key, name,    s, n, i, v) { # sets least and most
    for (n = 0; (key, name, n + 1) in value; n++) {
      v = value[key, name, n + 1]
      for (i = n; i > 0 && s[i] > v; i--) s[i + 1] = s[i]
      s[i + 1] = v
    }
    if (!n) return ""
    least = s[1]
    most = s[n]
    return n % 2 ? s[(n + 1) / 2] : (s[n / 2] + s[n / 2 + 1]) / 2
  }
  function ratio(of, to) { return of != "" && to > 0 ? sprintf("%.2f x", of / to) : "-" }
'
