package io.ternmq.bench.compare;

import io.ternmq.bench.measure.JsonLine;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts this module's tools in a process of their own, so that each run has a fresh client.
 *
 * @param workFolder for what the client writes, its errors too
 * @param classPath  of the tools
 */
record Tool(Path workFolder, String classPath) {

    Tool(Path workFolder) {
        this(workFolder, System.getProperty("java.class.path"));
    }

    /**
     * The same with some libraries in the place of those whose names begin alike: this project's client needs another Netty than RocketMQ's,
     * and finds no native one where both are there.
     */
    Tool with(Path folder, String prefix) throws IOException {
        try (Stream<Path> libraries = Files.list(folder)) {
            Stream<String> others = Arrays.stream(classPath.split(File.pathSeparator))
                    .filter(library -> !isNamed(Path.of(library), prefix));
            Stream<String> wanted =
                    libraries.filter(library -> isNamed(library, prefix)).map(Path::toString);
            return new Tool(workFolder, Stream.concat(wanted, others).collect(Collectors.joining(File.pathSeparator)));
        }
    }

    private static boolean isNamed(Path library, String prefix) {
        return library.getFileName().toString().startsWith(prefix);
    }

    List<String> command(String tool, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-Duser.home=" + workFolder.resolve("home"),
                "-Drocketmq.client.logLevel=WARN",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                classPath,
                "io.ternmq.bench.Main",
                tool));
        command.addAll(arguments);
        return command;
    }

    Running start(String tool, List<String> arguments) throws IOException {
        Process process = new ProcessBuilder(command(tool, arguments))
                .redirectError(Files.createDirectories(workFolder.resolve("logs"))
                        .resolve(tool + ".err")
                        .toFile())
                .start();
        return new Running(tool, process);
    }

    /** Runs to the end. @return the last line it printed */
    JsonLine run(String tool, List<String> arguments) throws IOException {
        try (Running running = start(tool, arguments)) {
            return running.lastLine();
        }
    }

    /** A tool that runs. Closing it ends it. */
    static final class Running implements AutoCloseable {
        private final String tool;
        private final Process process;
        private final BufferedReader lines;

        private Running(String tool, Process process) {
            this.tool = tool;
            this.process = process;
            lines = process.inputReader(StandardCharsets.UTF_8);
        }

        /** Waits for it. */
        JsonLine nextLine() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException(tool + " ended without a result; see its .err file in the work folder");
            }
            return JsonLine.parse(line);
        }

        JsonLine lastLine() throws IOException {
            JsonLine last = nextLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = JsonLine.parse(line);
            }
            return last;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
