#!/bin/sh
# Writes the Unicode tables of usernames anew: unicode-table.sh FOLDER [OUTPUT].
#
# FOLDER has Unicode's confusables.txt, IdentifierStatus.txt, Scripts.txt and ScriptExtensions.txt. The rest comes from the npm
# package @unicode/unicode-VERSION, fetched once into .tools/unicode (20 MB), and from Node.js itself, of the same Unicode version.
set -eu

folder=${1:?the folder with the Unicode files}
top=$(cd "$(dirname "$0")/.." && pwd)
output=${2:-$top/src/Profiles.Core/Data}

version=$(sed -n 's/^# Version: \([0-9.]*\).*/\1/p' "$folder/confusables.txt" | head -n 1)
[ -n "$version" ] || { echo "$folder/confusables.txt does not say its version." >&2; exit 1; }

tools=$top/.tools/unicode
package=@unicode/unicode-$version
if [ ! -d "$tools/node_modules/$package" ]; then
    echo "Fetching $package into .tools/unicode (once) ..." >&2
    mkdir -p "$tools"
    npm install --prefix "$tools" --no-save --no-audit --no-fund --loglevel=error "$package" >&2
fi

node "$top/build/unicode/generate.mjs" "$folder" "$tools/node_modules/$package" "$output"
