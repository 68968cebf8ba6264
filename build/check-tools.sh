#!/bin/sh
# Says what this machine lacks to build the project, and how to get it.
set -eu

missing=0
need() {
    command -v "$1" >/dev/null 2>&1 && return
    printf '%s is missing: %s\n' "$1" "$2" >&2
    missing=1
}

need dotnet "install the .NET 10 SDK (the package dotnet-sdk-10.0 of most systems)"
need node "install Node.js 20 or newer (the package nodejs)"
need npm "install npm, which comes with Node.js"
exit "$missing"
