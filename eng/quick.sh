#!/usr/bin/env bash
# The inner loop: builds what a verb's tests need, without analyzers, and runs these tests alone.
#   eng/quick.sh Routing            the tests of the folder tests/HumanLoop.Tests/Routing, without those marked slow
#   eng/quick.sh Sqlite             the tests of the package HumanLoop.Sqlite, likewise
#   eng/quick.sh --all-of Routing   the slow ones too
#   eng/quick.sh                    the list of names
# In Debug, so that no output without analyzers is taken for a finished one by a Release build. eng/test.sh runs everything.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
unset Platform # set by some shells for other tools, and read by MSBuild
core=tests/HumanLoop.Tests

verbs() { find "$core" -mindepth 2 -name '*Tests.cs' -not -path '*/bin/*' -not -path '*/obj/*' | cut -d/ -f3 | sort -u; }
pages() { find "$core" -maxdepth 1 -name '*Tests.cs' -exec basename {} Tests.cs \; | sort; }
packages() { # name, folder
  local folder name
  for folder in tests/*Tests; do
    name=${folder#tests/} name=${name#HumanLoop.} name=${name%.Tests}
    [ "$folder" = "$core" ] || echo "$name $folder"
  done
}
list() {
  echo "Verbs of the core:   $({ verbs; pages; } | paste -sd' ')"
  echo "Packages and others: $(packages | cut -d' ' -f1 | paste -sd' ')"
}

slow='Category!=Slow'
if [ "${1:-}" = --all-of ]; then slow='' && shift; fi
if [ $# -eq 0 ]; then list && exit; fi
if [ $# -gt 1 ]; then echo "One name, please: eng/quick.sh [--all-of] NAME" >&2 && exit 2; fi

if verbs | grep -qx -- "$1"; then
  project=$core filter="FullyQualifiedName~HumanLoop.Tests.$1."
elif pages | grep -qx -- "$1"; then
  project=$core filter="FullyQualifiedName~HumanLoop.Tests.$1Tests."
elif project=$(packages | awk -v name="$1" '$1 == name { print $2; found = 1 } END { exit !found }'); then
  filter=
else
  echo "There is no '$1' to test." >&2
  list >&2
  exit 2
fi

# What was restored holds until a project or a list of versions changes.
restored=$project/obj/project.assets.json restore=--no-restore
if [ ! -f "$restored" ] || [ -n "$(find . \( -name '*.csproj' -o -name '*.props' -o -name '*.targets' \) -not -path '*/obj/*' -newer "$restored" -print -quit)" ]; then restore=; fi

started=$SECONDS
dotnet build "$project" $restore -c Debug -v quiet -p:RunAnalyzers=false -clp:NoSummary || exit 1
built=$SECONDS
filter=$filter${filter:+${slow:+&}}$slow
dotnet test "$project" --no-build -c Debug ${filter:+--filter "$filter"}
result=$?
echo "Built in $((built - started)) s, tested in $((SECONDS - built)) s."
exit $result
