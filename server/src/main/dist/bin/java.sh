# Sourced by the launchers: finds the Java to run with.
# shellcheck shell=bash

die() {
    echo "tern: $*" >&2
    exit 1
}

# Sets java (its path), java_version (such as 17.0.15) and java_feature (such as 17).
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || die "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it. Set it to a JDK 17 or newer."
    else
        java=$(command -v java) || die "no Java found. Install a JDK 17 or newer, or set JAVA_HOME to one."
        # Past the links of PATH: the file that names the version stands beside the real one.
        java=$(readlink -f "$java" 2>/dev/null || echo "$java")
    fi
    java_version=
    local release=${java%/bin/java}/release line
    if [ -r "$release" ]; then
        # Read here, since asking the JVM itself costs a twentieth of a second at every start.
        while IFS= read -r line; do
            case $line in
                JAVA_VERSION=*) java_version=${line#JAVA_VERSION=} ;;
            esac
        done <"$release"
    fi
    [ -n "$java_version" ] || java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    java_version=${java_version//\"/}
    java_feature=${java_version%%[!0-9]*}
    [ -n "$java_feature" ] || die "cannot tell the version of $java. Set JAVA_HOME to a JDK 17 or newer."
    [ "$java_feature" -ge 17 ] || die "$java is version $java_version; TernMQ needs 17 or newer. Set JAVA_HOME to one."
}
