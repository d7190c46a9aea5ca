package io.ternmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Habits that only the source text shows, checked so that reviews can be about design. */
class TidyTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    // Put together here, so that this file does not find itself.
    private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X:)");
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sle" + "ep\\(");
    private static final Pattern DISABLED = Pattern.compile("@Dis" + "abled\\b");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:static|final|abstract|sealed|non-sealed) )*(?:class|record|interface|@interface|enum) ",
            Pattern.MULTILINE);
    private static final Pattern DOCUMENTED = Pattern.compile("\\*/\\s*(?:@[^\\n]*\\s*)*$");

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        List<Path> silent = sources(TidyTest::isMain)
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !opensWell(folder.resolve("package-info.java")))
                .toList();
        assertThat(silent)
                .as("packages whose package-info.java lacks its Javadoc or @NullMarked")
                .isEmpty();
    }

    @Test
    void everyPublicTypeHasJavadoc() {
        assertThat(sources(TidyTest::isMain).filter(file -> hasBarePublicType(text(file))))
                .as("files with a public type without Javadoc")
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(sources(file -> true)
                        .filter(file -> LATER.matcher(text(file)).find()))
                .isEmpty();
    }

    @Test
    void testsNeitherSleepNorAreSwitchedOff() {
        assertThat(sources(TidyTest::isTest)
                        .filter(file -> SLEEP.matcher(text(file)).find()
                                || DISABLED.matcher(text(file)).find()))
                .isEmpty();
    }

    private static boolean isMain(Path file) {
        return file.toString().contains("/src/main/java/") && !file.endsWith("module-info.java");
    }

    private static boolean isTest(Path file) {
        return file.toString().contains("/src/test/java/");
    }

    private static Stream<Path> sources(Predicate<Path> which) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> folders = modules.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .toList();
            return folders.stream().flatMap(TidyTest::javaFiles).filter(which);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean opensWell(Path packageInfo) {
        if (!Files.exists(packageInfo)) {
            return false;
        }
        String text = text(packageInfo);
        return text.startsWith("/**") && text.contains("@NullMarked");
    }

    private static boolean hasBarePublicType(String text) {
        var type = PUBLIC_TYPE.matcher(text);
        return type.find()
                && !DOCUMENTED.matcher(text.substring(0, type.start())).find();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
