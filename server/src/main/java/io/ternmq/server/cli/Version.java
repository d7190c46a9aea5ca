package io.ternmq.server.cli;

/** The version that the build wrote into the jar. */
final class Version {

    private Version() {}

    /** @return such as 1.2.0; {@code development} when not run from a jar */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
