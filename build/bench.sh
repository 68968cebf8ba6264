#!/bin/sh
# Measures the server: bench.sh CONFIGURATION server|growth. docs/performance.md tells the options, which are environment variables.
set -eu

PROFILES_POSTGRES_BIN=$(build/ensure-postgres.sh)
export PROFILES_POSTGRES_BIN
# The load handles answers where they arrive, which costs it less; the servers that it starts run as everywhere.
export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1
exec dotnet "tests/Profiles.Benchmarks/bin/$1/net10.0/Profiles.Benchmarks.dll" "$2"
