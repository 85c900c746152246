#!/usr/bin/env bash
# Puts the README's code into the program that compiles it: readme-example.sh README.md FOLDER.
# A block of the README is named by the comment before it, <!-- example: wiring -->. In Program.cs the line "// README: wiring"
# stands where it belongs; the block "settings" becomes appsettings.json. A name that either side lacks is an error.
set -euo pipefail
readme=$1 folder=$2

block() {
  awk -v name="$1" '
    $0 == "<!-- example: " name " -->" { armed = 1; next }
    armed && /^```/ { if (inside) exit; inside = 1; next }
    inside { print; found = 1 }
    END { if (!found) { print "README has no example named " name > "/dev/stderr"; exit 1 } }' "$readme"
}

block settings >"$folder/appsettings.json"
program=$(mktemp)
used=" settings "
while IFS= read -r line; do
  case $line in
    "// README: "*) name=${line#// README: }; block "$name"; used="$used$name " ;;
    *) printf '%s\n' "$line" ;;
  esac
done <"$folder/Program.cs" >"$program"
mv "$program" "$folder/Program.cs"

for name in $(sed -n 's/^<!-- example: \(.*\) -->$/\1/p' "$readme"); do
  case $used in *" $name "*) ;; *) echo "The README's example '$name' is compiled nowhere." >&2; exit 1 ;; esac
done
