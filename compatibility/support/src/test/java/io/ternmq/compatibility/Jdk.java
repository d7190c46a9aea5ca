package io.ternmq.compatibility;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param home its folder
 * @param feature its version, as 17 or 25
 */
record Jdk(Path home, int feature) {

    /** The one that the tests run on. */
    static Jdk own() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** The newest of those that are installed beside the tests' own one, which may be that itself. */
    static Jdk newestInstalled() throws IOException {
        Path besideOwn = own().home().toAbsolutePath().getParent();
        try (Stream<Path> homes = Files.list(besideOwn)) {
            return homes.flatMap(home -> at(home).stream())
                    .filter(found -> found.feature() > own().feature())
                    .max(Comparator.comparingInt(Jdk::feature))
                    .orElseGet(Jdk::own);
        }
    }

    private static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)
                || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
            return Optional.empty();
        }
        try (Reader text = Files.newBufferedReader(release)) {
            var properties = new Properties();
            properties.load(text);
            String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Optional.of(new Jdk(home, Runtime.Version.parse(version).feature()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // no JDK, whatever else it is
        }
    }

    /** What is started to run Java. */
    String command() {
        return home.resolve("bin").resolve("java").toString();
    }
}
