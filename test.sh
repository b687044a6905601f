#!/usr/bin/env bash
# Runs every test: builds once, brings up what the tests need (PostgreSQL, Redis, Chromium, Prometheus) on free loopback ports with
# temporary data, stops it all again, and ends with one line: N passed, N failed, N skipped.
#
#   ./test.sh                    everything
#   ./test.sh --full             the reliability tests with their full numbers (hours): kills, cuts, failed calls, and the soak at the end
#   ./test.sh --full <filter>    some of them, without the soak
#   QUANTDASH_SEED=<n> ./test.sh kills, cuts and faults as in the run that printed this seed
#   ./test.sh <filter>           what `dotnet test --filter` takes, e.g. FullyQualifiedName~Locking
#   CONFIGURATION=Debug ./test.sh
#
# Meant for Debian as root (CI); elsewhere, what is missing is named and the tests that need it are skipped.
set -uo pipefail
cd "$(dirname "$0")"

filter="${1:-}"
hang=15m
soak=""
if [ "$filter" = --full ]; then
  export QUANTDASH_PROFILE=full
  hang=8h # 300 kills are one test.
  [ -n "${2:-}" ] || soak=yes
  filter="Reliability~A|Reliability~B|Reliability~C|Reliability~P"
  # Of the same kind, without an id of RELIABILITY.md.
  for class in VenueMannersTests OneTraderTests WorkerTests JobClusterTests JournalFaultTests; do filter="$filter|FullyQualifiedName~.$class."; done
  filter="${2:-$filter}"
fi
configuration="${CONFIGURATION:-Release}"
work="$(mktemp -d /tmp/quantdash-tests.XXXXXX)"
chmod 755 "$work"
postgres_user=""

say() { printf '==> %s\n' "$*"; }

stop_servers() {
  [ -f "$work/postgres/postmaster.pid" ] && as_postgres "$postgres_bin/pg_ctl" -D "$work/postgres" -m immediate stop >/dev/null 2>&1
  [ -n "${redis_pid:-}" ] && kill "$redis_pid" 2>/dev/null && wait "$redis_pid"
  rm -rf "$work"
}
trap stop_servers EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

postgres_programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

# ---- what the tests need -----------------------------------------------------------------------------------------------

missing_packages() {
  [ -n "${QUANTDASH_TEST_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || echo chromium
  [ -n "${QUANTDASH_TEST_POSTGRES:-}" ] || [ -n "$(postgres_programs)" ] || echo postgresql
  [ -n "${QUANTDASH_TEST_REDIS:-}" ] || command -v redis-server >/dev/null || echo redis-server
  [ -n "${QUANTDASH_TEST_PROMETHEUS:-}" ] || command -v promtool >/dev/null || echo prometheus
  [[ "$(ldconfig -p 2>/dev/null)" == *libsqlite3.so.0* ]] || echo libsqlite3-0
  # Without a Chinese font the browser draws boxes, and screenshots prove nothing.
  [ -n "$(find /usr/share/fonts ~/.fonts \( -iname '*cjk*' -o -iname 'wqy*' \) -print -quit 2>/dev/null)" ] || echo fonts-wqy-zenhei
  command -v npm >/dev/null || echo npm
}

install_missing() {
  local missing
  missing="$(missing_packages | tr '\n' ' ')"
  [ -z "$missing" ] && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing: $missing"
    # A fresh postgresql package would start a server of its own on 5432; nobody asked for that.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
    fi
    # Nor does anybody ask for a Prometheus on 9090: Debian's way to install without starting.
    local policy=""
    [ -e /usr/sbin/policy-rc.d ] || { policy=/usr/sbin/policy-rc.d; printf '#!/bin/sh\nexit 101\n' >"$policy"; chmod 755 "$policy"; }
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { apt-get update && apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold $missing; } >"$work/apt.log" 2>&1 || tail -5 "$work/apt.log"
    [ -z "$policy" ] || rm -f "$policy"
  fi
  missing="$(missing_packages | tr '\n' ' ')"
  [ -z "$missing" ] || say "MISSING, and could not be installed here: $missing(apt-get install $missing). What needs it is skipped or fails."
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 30000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u "$postgres_user" -- "$@"; else "$@"; fi
}

start_postgres() {
  [ -n "${QUANTDASH_TEST_POSTGRES:-}" ] && return
  postgres_bin="$(postgres_programs)"
  [ -n "$postgres_bin" ] || { say "no PostgreSQL: its tests are skipped"; return; }
  postgres_user=postgres
  [ "$(id -u)" = 0 ] && ! id postgres >/dev/null 2>&1 && postgres_user=nobody
  local port
  port="$(free_port)"
  mkdir "$work/postgres"
  [ "$(id -u)" = 0 ] && chown "$postgres_user" "$work/postgres"
  if (cd "$work" \
    && as_postgres "$postgres_bin/initdb" -D "$work/postgres" -U quantdash -A trust -E UTF8 --no-locale --no-sync \
    && as_postgres "$postgres_bin/pg_ctl" -D "$work/postgres" -w -t 60 -l "$work/postgres/server.log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200" start) >"$work/postgres.log" 2>&1
  then
    export QUANTDASH_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=quantdash;Database=postgres"
    say "PostgreSQL $(basename "$(dirname "$postgres_bin")") on 127.0.0.1:$port"
  else
    say "PostgreSQL did not start, its tests are skipped:"
    tail -5 "$work/postgres.log" "$work/postgres/server.log" 2>/dev/null
  fi
}

start_redis() {
  [ -n "${QUANTDASH_TEST_REDIS:-}" ] && return
  command -v redis-server >/dev/null || { say "no Redis: its tests are skipped"; return; }
  local port
  port="$(free_port)"
  redis-server --bind 127.0.0.1 --port "$port" --dir "$work" --save "" --appendonly no >"$work/redis.log" 2>&1 &
  redis_pid=$!
  for _ in $(seq 50); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      export QUANTDASH_TEST_REDIS="127.0.0.1:$port"
      say "Redis on 127.0.0.1:$port"
      return
    fi
    sleep 0.1
  done
  say "Redis did not start, its tests are skipped:"
  tail -5 "$work/redis.log"
}

# Dozens of tests start and kill the program, and each start compiles it anew. Compiled ahead once, a start costs two thirds of it.
# Where the compiler cannot be had, the program is tested as it was built.
precompile() {
  local from="QuantDash.Web/bin/$configuration/net10.0" to="$work/app" packages compiler runtime
  [ -n "${QUANTDASH_TEST_APP:-}" ] || [ -n "$filter" ] && return
  [ "$(uname -sm)" = "Linux x86_64" ] && dotnet restore build/precompile --nologo >"$work/precompile.log" 2>&1 || return
  packages="$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//; s#/$##')"
  compiler="$(ls -d "$packages"/microsoft.netcore.app.crossgen2.linux-x64/*/tools 2>/dev/null | sort -V | tail -1)/crossgen2"
  runtime="$(dirname "$(readlink -f "$(command -v dotnet)")")/shared"
  [ -f "$compiler" ] && chmod +x "$compiler" && cp -r "$from" "$to" || return
  (cd "$from" && ls QuantDash.*.dll Microsoft.EntityFrameworkCore*.dll Microsoft.Data.Sqlite.dll Microsoft.AspNetCore.Identity*.dll Npgsql*.dll SQLitePCL*.dll Quartz*.dll Serilog*.dll OpenTelemetry*.dll 2>/dev/null | grep -v Design) |
    xargs -P "$(nproc)" -I {} "$compiler" "$from/{}" -o "$to/{}" -r "$from/*.dll" -r "$(ls -d "$runtime"/Microsoft.NETCore.App/10.* | sort -V | tail -1)/*.dll" \
      -r "$(ls -d "$runtime"/Microsoft.AspNetCore.App/10.* | sort -V | tail -1)/*.dll" --targetos linux --targetarch x64 -O >>"$work/precompile.log" 2>&1 || return
  export QUANTDASH_TEST_APP="$to/QuantDash.Web.dll"
  say "the program of the tests is compiled ahead"
}

# ---- the run -----------------------------------------------------------------------------------------------------------

# Adds up an attribute of <Counters …> over the result files.
count() { cat "$work"/results/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }

# The tests that failed: their names first, then each with its message and the first lines of where, from the result files. A log is cut
# somewhere, and what is read must be at its end.
failures() {
  cat "$work"/results/*.trx 2>/dev/null | awk '
    /<UnitTestResult / { failed = /outcome="Failed"/; told = 0; lines = 0; if (failed) { match($0, /testName="[^"]*"/); name = substr($0, RSTART + 10, RLENGTH - 11); print "0FAILED " name } }
    failed && /<ErrorInfo>/ { told = 1; print "1" ; print "1FAILED " name }
    told && lines < 12 { lines++; print "1" $0 }
    /<\/ErrorInfo>/ { told = 0 }' |
    sed -e 's/<[^>]*>//g' -e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#xD;//g; s/&amp;/\&/g' | cut -c1-400 | sort -s -k1.1,1.1 | cut -c2-
}

# Class and method of the tests with an outcome.
with_outcome() { cat "$work"/results/*.trx 2>/dev/null | grep '<UnitTestResult ' | grep "outcome=\"$1\"" | sed -E 's/.*testName="([^"(]*).*/\1/' | grep -oE '[A-Za-z0-9_]+\.[A-Za-z0-9_]+$' | sort -u; }

# docs/coverage.md claims features by the tests that show them: each must have passed here, or have been skipped for a reason that it tells itself.
unshown() { comm -23 <(grep -oE '`[A-Za-z0-9_]+\.[A-Za-z0-9_]+`' docs/coverage.md | tr -d '`' | sort -u) <({ with_outcome Passed; with_outcome NotExecuted; } | sort -u); }

# Where the minutes went: the classes that took longest, in seconds. Those that run side by side add up to more than the clock.
slowest() {
  cat "$work"/results/*.trx 2>/dev/null | grep '<UnitTestResult ' | sed -E 's/.*testName="([^"(]*).* duration="([0-9]+):([0-9]+):([0-9.]+)".*/\1 \2 \3 \4/' |
    awk 'NF == 4 { n = split($1, part, "."); class = part[n - 1]; seconds[class] += $2 * 3600 + $3 * 60 + $4 } END { for (class in seconds) printf "%7.1f s  %s\n", seconds[class], class }' |
    sort -rn | head -"$1"
}

# What the tests ended with, and (0: did not, or held) the soak.
finish() {
  local exit_code=$1 soaked=${2:-0} total executed passed failed
  total="$(count total)" executed="$(count executed)" passed="$(count passed)"
  failed=$((executed - passed))
  # A run that broke off (build error, crash, hang) leaves no failed test behind, but it failed.
  [ "$exit_code" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1 && tail -60 "$work/console.log" 2>/dev/null
  [ "$total" -eq 0 ] && [ "$exit_code" -eq 0 ] && say "no test matched '$filter'" && exit_code=1
  [ -n "$filter" ] || { say "slowest classes"; slowest 40; }
  [ "$failed" -eq 0 ] || failures
  [ "$soaked" -eq 0 ] || { say "the soak did not hold"; [ "$exit_code" -ne 0 ] || exit_code=1; }
  if [ -z "$filter" ] && [ "$failed" -eq 0 ] && [ "$exit_code" -eq 0 ] && [ -n "$(unshown)" ]; then
    say "named in docs/coverage.md, but not run:"
    unshown
    exit_code=1
  fi
  printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$((total - executed))"
  [ "$failed" -eq 0 ] && exit "$exit_code"
  exit 1
}

command -v dotnet >/dev/null || { say "MISSING: the .NET SDK named in global.json (https://dot.net)"; finish 1; }
# The build brings its charts with npm; what else is missing comes over the network while the build needs the processor.
command -v npm >/dev/null || install_missing
install_missing &
installing=$!

say "building ($configuration)"
dotnet build QuantDash.sln -c "$configuration" --nologo -v quiet
built=$?
wait "$installing"
[ "$built" -eq 0 ] || finish 1

start_postgres
start_redis
precompile
export QUANTDASH_TEST_CHROMIUM="${QUANTDASH_TEST_CHROMIUM:-/usr/bin/chromium}"
# The program starts some hundred times in these tests. Counting every call in order to compile it better a second time is nearly half of all the work then.
export DOTNET_TieredPGO="${DOTNET_TieredPGO:-0}"
# Dozens of short-lived processes: measuring their code to make it faster costs more than it gives.
export DOTNET_TieredPGO=0

say "testing"
dotnet test QuantDash.sln -c "$configuration" --no-build --nologo --logger trx --logger "console;verbosity=normal" \
  --results-directory "$work/results" --blame-hang-timeout "$hang" --blame-hang-dump-type none \
  ${filter:+--filter "$filter"} | tee "$work/console.log" | grep --line-buffered -E '^ *(Failed|Skipped) |^\[xUnit|^Test Run|^The active|^ *(Total tests|Passed|Failed|Skipped|Total time):'
tested="${PIPESTATUS[0]}"

soaked=0
if [ -n "$soak" ]; then
  say "soaking"
  dotnet "QuantDash.Tests/bin/$configuration/net10.0/QuantDash.Tests.dll" soak || soaked=1
fi
finish "$tested" "$soaked"
