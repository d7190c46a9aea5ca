package io.ternmq.server.cli;

/** RocketMQ's permission bits in words. */
final class PermissionText {

    private static final int READ = 4;
    private static final int WRITE = 2;

    private PermissionText() {}

    static String of(int bits) {
        return switch (bits & (READ | WRITE)) {
            case READ | WRITE -> "read-write";
            case READ -> "read-only";
            case WRITE -> "write-only";
            default -> "none";
        };
    }
}
