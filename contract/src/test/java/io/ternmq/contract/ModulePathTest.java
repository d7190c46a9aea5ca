package io.ternmq.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a module, with everything it needs on the module path, in a process of its own. */
class ModulePathTest {

    private static final Set<String> MODULES = Set.of("api", "engine", "protocol", "log", "broker", "embedded");
    private static final List<String> LIBRARIES = List.of(
            "jspecify",
            "slf4j-api",
            "agrona",
            "netty-common",
            "netty-buffer",
            "netty-transport",
            "netty-resolver",
            "netty-codec-base");

    private static final String MODULE = "module shop { requires io.ternmq.api; }";
    private static final String APPLICATION = """
            package shop;

            import io.ternmq.Message;
            import io.ternmq.TernMQ;

            final class Main {
                public static void main(String[] arguments) {
                    try (TernMQ mq = TernMQ.open("mem:")) {
                        System.out.println("sent to " + mq.send(Message.to("orders").body("x")).partition().topic());
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void anApplicationThatIsAModuleOpensAQueue() throws IOException, InterruptedException {
        Path jars = Files.createDirectory(folder.resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            addTo(jars, Path.of(entry));
        }
        assertThat(jars.toFile().list()).hasSize(MODULES.size() + LIBRARIES.size());
        compile(jars);

        Path said = folder.resolve("said");
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        jars + File.pathSeparator + folder.resolve("classes"),
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "--add-opens",
                        "java.base/jdk.internal.misc=org.agrona",
                        "-Xmx64m",
                        "--module",
                        "shop/shop.Main")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            application.destroyForcibly();
        }
        assertThat(said).content().contains("sent to orders");
    }

    /** Folders of classes are modules only as jars. */
    private static void addTo(Path jars, Path entry) throws IOException {
        String name = String.valueOf(entry.getFileName());
        if (Files.isDirectory(entry)) {
            String module = String.valueOf(entry.getParent().getParent().getFileName());
            if (name.equals("classes") && MODULES.contains(module)) {
                String jar = jars.resolve("ternmq-" + module + ".jar").toString();
                run("jar", "--create", "--file", jar, "-C", entry.toString(), ".");
            }
        } else if (isWanted(name)) {
            Files.copy(entry, jars.resolve(name));
        }
    }

    private static boolean isWanted(String jar) {
        return Stream.concat(MODULES.stream().map(module -> "ternmq-" + module), LIBRARIES.stream())
                .anyMatch(wanted -> jar.matches(wanted + "-\\d.*\\.jar"));
    }

    private void compile(Path jars) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources").resolve("shop"));
        Path module = Files.writeString(sources.resolveSibling("module-info.java"), MODULE);
        Path main = Files.writeString(sources.resolve("Main.java"), APPLICATION);
        String classes = folder.resolve("classes").toString();
        run("javac", "-d", classes, "--module-path", jars.toString(), module.toString(), main.toString());
    }

    private static void run(String tool, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments);
        assertThat(code).as(said.toString()).isZero();
    }
}
