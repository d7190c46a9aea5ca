package io.ternmq.server;

/** Where the process starts. */
public final class Main {
    private Main() {}

    /** Prints the version. */
    public static void main(String[] arguments) {
        String version = Main.class.getPackage().getImplementationVersion();
        System.out.println("tern " + (version == null ? "(not packaged)" : version));
    }
}
