#!/bin/sh
# Checks the contracts: style, format, and that no change breaks callers of what main has.
set -eu

buf() { npx --no-install buf "$@"; }

buf lint
buf format --diff --exit-code

for main in origin/main main; do
    commit=$(git rev-parse --verify --quiet "$main^{commit}") || continue
    if git cat-file -e "$commit:buf.yaml" 2>/dev/null; then
        buf breaking --against ".git#ref=$commit"
        exit 0
    fi
done
echo "There is no main branch with contracts to compare with: breaking changes were not looked for." >&2
