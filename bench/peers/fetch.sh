# Sourced by scripts that run another broker beside TernMQ.
# shellcheck shell=bash

# Gets what Apache PEER of a version needs, from Maven Central, into a folder; nothing where that is there already.
fetch() { # peer, version, folder
    [ ! -d "$3" ] || return 0
    echo "fetching Apache $1 $2 …" >&2
    rm -rf "$3.part"
    (cd "$root/bench/peers/$1" && mvn -B -ntp -q package "-D$1.version=$2" -Dlib="$3.part") >&2 ||
        die "$1 could not be fetched; Maven's messages are above."
    mv "$3.part" "$3"
}
