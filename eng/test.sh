#!/usr/bin/env bash
# Builds and tests everything from a fresh clone. The last line is "N passed, N failed, N skipped"; the exit code is 1 if anything failed.
#   CI=true            what cannot be tested for lack of a tool is a failure, not a skip
#   HUMANLOOP_LONG=1   the long forms of the tests
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
unset Platform # set by some shells for other tools, and read by MSBuild
passed=0 failed=0 skipped=0

say() { printf '\n== %s (%d s)\n' "$1" "$SECONDS"; }
pass() { passed=$((passed + 1)); echo "passed: $1"; }
fail() { failed=$((failed + 1)); echo "FAILED: $1"; }
skip() { # what, why
  if [ "${CI:-false}" != false ]; then fail "$1 ($2)"; else skipped=$((skipped + 1)); echo "skipped: $1 ($2)"; fi
}
finish() {
  printf '\nTotal time: %d min %d s\n' $((SECONDS / 60)) $((SECONDS % 60))
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
  exit
}

# Adds the counts of every trx file below a folder. A skipped test is one that is listed and was not executed.
count() {
  local counts
  counts=$(find "$1" -name '*.trx' -exec grep -ho '<Counters [^>]*>' {} + | awk '
    function number(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0 }
    { total += number("total"); executed += number("executed"); passed += number("passed") }
    END { printf "%d %d %d", passed, executed - passed, total - executed }')
  set -- $counts
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
  echo "so far: $passed passed, $failed failed, $skipped skipped"
}

# Runs "dotnet test"; a run that fails without a failed test (a crash, a hang) is a failure of its own.
run_tests() { # what, folder of results, arguments of dotnet test
  local what=$1 results=$2 before=$failed hang=5m
  shift 2
  [ "${HUMANLOOP_LONG:-}" = 1 ] && hang=60m
  mkdir -p "$results"
  if dotnet test "$@" --logger trx --results-directory "$results" --blame-hang-timeout "$hang" --blame-hang-dump-type none; then
    count "$results"
  else
    count "$results"
    [ "$failed" -gt "$before" ] || fail "$what ended without a result"
  fi
}

if ! command -v dotnet >/dev/null; then
  echo "The .NET SDK is missing. Install version 10.0 or later from https://dot.net and run this again."
  fail "the .NET SDK"
  finish
fi

# Native AOT links with clang, the pages are looked at in Chromium, and the PostgreSQL store is tested on a server of its own. Everything else comes with the SDK or with the restore.
missing=
command -v clang >/dev/null || missing="$missing clang zlib1g-dev"
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium fonts-dejavu-core"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
if [ -n "$missing" ] && command -v apt-get >/dev/null; then
  if [ "$(id -u)" -eq 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root=sudo; else as_root=none; fi
  if [ "$as_root" != none ]; then
    say "Installing$missing"
    { $as_root apt-get update -qq && { DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing ||
      { $as_root apt-get --fix-broken install -y -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing; }; }; } >"$work/apt.log" 2>&1 || tail -5 "$work/apt.log"
  fi
fi

# The accessibility checker is a package of npm and no part of anything that is shipped.
if [ -z "${HUMANLOOP_AXE:-}" ] && command -v npm >/dev/null; then
  (cd "$work" && npm pack --silent axe-core@4.14.1 >/dev/null 2>&1 && tar -xzf axe-core-*.tgz package/axe.min.js) && export HUMANLOOP_AXE=$work/package/axe.min.js
fi

say "Restoring"
dotnet restore HumanLoop.sln || { fail "restoring"; finish; }

say "Building in Release, warnings as errors"
dotnet build HumanLoop.sln --no-restore -c Release || { fail "building"; finish; }

say "Testing"
run_tests "the test run" "$work/results" HumanLoop.sln --no-build -c Release -m:1

say "Native AOT: publishing and running tests/HumanLoop.AotApp"
if ! command -v clang >/dev/null; then
  skip "the Native AOT test" "clang cannot be had here"
elif dotnet publish tests/HumanLoop.AotApp -c Release -o "$work/aot" && (cd "$work/aot" && ./HumanLoop.AotApp); then
  pass "the Native AOT test"
else
  fail "the Native AOT test"
fi

# From here on as a user would: projects outside the repository that know the packages only. Packages of their own version and in
# folders of their own, so that nothing cached before can stand in for them and nothing stays behind.
say "Packing"
version=0.0.0-smoke
outside=$work/outside
mkdir -p "$work/packages" "$outside"
if dotnet pack HumanLoop.sln --no-build -c Release -o "$work/packages" -p:PackageVersion=$version -p:WarnOnPackingNonPackableProject=false; then
  pass "packing"
else
  fail "packing"
  finish
fi
cp -R eng/smoke/. "$outside"
for project in "$outside"/*/*.csproj.in; do mv "$project" "${project%.in}"; done
cat >"$outside/nuget.config" <<END
<configuration>
  <config><add key="globalPackagesFolder" value="$work/restored" /></config>
  <packageSources><add key="humanloop-packed" value="$work/packages" /></packageSources>
  <fallbackPackageFolders><add key="restored-before" value="$(dotnet nuget locals global-packages --list | sed 's/^[^ ]* //')" /></fallbackPackageFolders>
</configuration>
END

say "The README's example against the packages"
bash eng/readme-example.sh README.md "$outside/readme"
if (cd "$outside/readme" && dotnet run -c Release -p:HumanLoopVersion=$version); then
  pass "the README's example"
else
  fail "the README's example"
fi

say "The page on tool calls against the packages"
bash eng/readme-example.sh docs/concepts/tool-approval.md "$outside/tools"
if (cd "$outside/tools" && dotnet run -c Release -p:HumanLoopVersion=$version); then
  pass "the page on tool calls"
else
  fail "the page on tool calls"
fi

say "The packages, and HumanLoop.Testing in another test framework"
export PACKAGES=$work/packages
run_tests "the run in another test framework" "$work/outside-results" "$outside/conformance" -c Release -p:HumanLoopVersion=$version

finish
