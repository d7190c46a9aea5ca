package io.ternmq.bench.compare;

/** However this process ends (but for signal 9), nothing that it started stays behind. */
final class Children {
    private Children() {}

    static void endWithThisProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::end, "end-children"));
    }

    private static void end() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
