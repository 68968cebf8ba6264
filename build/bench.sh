#!/bin/sh
# Measures the server: CALLERS (64) callers at once, SECONDS_EACH (5) seconds for each operation.
set -eu

PROFILES_POSTGRES_BIN=$(build/ensure-postgres.sh)
export PROFILES_POSTGRES_BIN
Pictures__LibraryPath=$(build/find-libvips.sh)
export Pictures__LibraryPath
exec dotnet "tests/Profiles.Benchmarks/bin/${1:-Release}/net10.0/Profiles.Benchmarks.dll" "${CALLERS:-64}" "${SECONDS_EACH:-5}"
