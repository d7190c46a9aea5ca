package io.ternmq.server.cli;

import io.ternmq.client.route.TopicRoute;

/** What may be done with a topic, in words. */
final class PermissionText {

    private PermissionText() {}

    static String of(TopicRoute route) {
        boolean readable = !route.readable().isEmpty();
        boolean writable = !route.writable().isEmpty();
        if (readable && writable) {
            return "read-write";
        }
        return readable ? "read-only" : writable ? "write-only" : "none";
    }
}
