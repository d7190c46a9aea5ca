# Sourced by the launcher: makes the archives of loaded classes (AppCDS), one for the server and one for the short
# commands. They only make starts faster, so nothing here may fail or stay: an archive that can't be made is left
# behind empty, which says not to try again.
# shellcheck shell=bash

make_archives() {
    if [ -e "$(archive_of server)" ] && archives_are_of_here; then
        return
    fi
    mkdir -p "$home/cds" 2>/dev/null && [ -w "$home/cds" ] || return 0
    archives_are_of_here || rm -f "$home"/cds/*.jsa
    local work role
    work=$(mktemp -d "$home/cds/making.XXXXXX" 2>/dev/null) || return 0
    echo "tern: preparing fast starts (once for each version of Java) …" >&2
    (rehearse "$work") >"$work/output" 2>&1 </dev/null || true
    for role in command server; do
        [ -e "$work/$role.jsa" ] || : >"$work/$role.jsa"
        mv -f "$work/$role.jsa" "$(archive_of "$role")" 2>/dev/null || true
    done
    echo "$home" >"$home/cds/made-in"
    rm -rf "$work"
}

# Runs a server and a few commands against it, so that the classes each of them needs are known.
rehearse() { # work folder
    local work=$1 port server_pid i
    set +eu
    port=$(free_port)
    rehearsed server "$work" server --data "$work/data" --port "$port" &
    server_pid=$!
    for ((i = 0; i < 300; i++)); do
        port_answers "$port" && break
        kill -0 "$server_pid" 2>/dev/null || break
        sleep 0.1
    done
    (rehearsed command "$work" pub rehearsal --connect "127.0.0.1:$port" --body hello) # it becomes the JVM
    # TERM, so that the server stops as it does in service; what does not stop is killed.
    kill -TERM "$server_pid" 2>/dev/null
    for ((i = 0; i < 600; i++)); do
        kill -0 "$server_pid" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$server_pid" 2>/dev/null
}

rehearsed() { # role, work folder, arguments…
    local role=$1 work=$2
    shift 2
    common_options
    "${role}_options"
    options+=(-XX:ArchiveClassesAtExit="$work/$role.jsa")
    exec_java "$@"
}

free_port() {
    local port i
    for ((i = 0; i < 20; i++)); do
        port=$((20000 + RANDOM % 12000))
        port_answers "$port" || break
    done
    echo "$port"
}

port_answers() { # port
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
