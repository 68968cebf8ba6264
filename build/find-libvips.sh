#!/bin/sh
# Prints the file of libvips for pictures, to be exported as Pictures__LibraryPath: that of package.json, where npm has one for this
# platform. Prints nothing where only an installed one could serve (Debian: libvips42), which the server finds by itself.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
case $(uname -s) in
    Darwin) system=darwin ;;
    *) system=linux ;;
esac
case $(uname -m) in
    arm64 | aarch64) machine=arm64 ;;
    *) machine=x64 ;;
esac

for file in "$top/node_modules/@img/sharp-libvips-$system-$machine"/lib/libvips-cpp.*; do
    [ -f "$file" ] && printf '%s\n' "$file"
done
exit 0
