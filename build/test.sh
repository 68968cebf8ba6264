#!/bin/bash
# Runs every check and every test, and ends with one line: N passed, N failed, N skipped.
set -uo pipefail

configuration=${1:-Release}
results=artifacts/tests
rm -rf "$results"
mkdir -p "$results"

# check NAME COMMAND...: a step that counts as one failed test when it fails, since nothing after it could be trusted.
check() {
    printf -- '-- %s\n' "$1"
    shift
    "$@" && return
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}

check "Contracts" build/lint.sh
check "Restore, locked" dotnet restore Profiles.sln --locked-mode -v quiet
check "Build" dotnet build Profiles.sln -c "$configuration" --no-restore -v quiet -clp:NoSummary

PROFILES_POSTGRES_BIN=$(build/ensure-postgres.sh) || check "PostgreSQL" false
export PROFILES_POSTGRES_BIN

printf -- '-- Format and tests\n'
dotnet format Profiles.sln --no-restore --verify-no-changes > "$results/format.txt" 2>&1 &
format=$!
# Two projects at once: tests wait more than they work.
dotnet test Profiles.sln -c "$configuration" --no-build -m:2 | tee "$results/output.txt"
status=${PIPESTATUS[0]}

# sum WORD: adds up a number of the line that each test project ends with.
sum() { grep -oE "^(Passed|Failed|Skipped)! +- .*" "$results/output.txt" | grep -oE "$1: +[0-9]+" | awk '{n += $2} END {print n + 0}'; }
failed=$(sum Failed)
# A test process that died counts no failure of its own.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if ! wait "$format"; then
    cat "$results/format.txt"
    failed=$((failed + 1))
fi
echo "$(sum Passed) passed, $failed failed, $(sum Skipped) skipped"
[ "$failed" -eq 0 ]
