package io.ternmq.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what is sent, and how often. */
final class BodyOptions {

    private static final int SIZE_MAX = 4 << 20;

    @Option(names = "--body", paramLabel = "TEXT", description = "the message's body")
    private @Nullable String text;

    @Option(names = "--file", paramLabel = "FILE", description = "a file whose content is the message's body")
    private @Nullable Path file;

    @Option(names = "--size", paramLabel = "BYTES", description = "a made-up body of that many bytes")
    private int sizeBytes;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "send it N times (default: ${DEFAULT-VALUE})")
    private long count;

    /** @throws UsageException when the options contradict each other */
    MessageBodies open(InputStream standardInput) throws IOException {
        Ranges.check("--count", count, 1, Long.MAX_VALUE);
        Ranges.check("--size", sizeBytes, 0, SIZE_MAX);
        int sources = (text == null ? 0 : 1) + (file == null ? 0 : 1) + (sizeBytes == 0 ? 0 : 1);
        if (sources > 1) {
            throw new UsageException("--body, --file and --size together (expected: one of them)");
        }
        if (sources == 0) {
            if (count > 1) {
                throw new UsageException("--count: '" + count + "' (expected: together with --body, --file or --size)");
            }
            return MessageBodies.lines(standardInput);
        }
        return MessageBodies.repeated(body(), count);
    }

    private byte[] body() throws IOException {
        byte[] body = new byte[sizeBytes];
        Arrays.fill(body, (byte) 'x');
        if (text != null) {
            body = text.getBytes(StandardCharsets.UTF_8);
        }
        if (file != null) {
            body = read(file);
        }
        if (body.length == 0 || body.length > SIZE_MAX) {
            throw new UsageException("body of " + body.length + " bytes (expected: 1.." + SIZE_MAX + " bytes)");
        }
        return body;
    }

    private static byte[] read(Path file) throws IOException {
        try {
            if (Files.size(file) > SIZE_MAX) {
                throw new UsageException("--file: '" + file + "' has " + Files.size(file) + " bytes (expected: at most "
                        + SIZE_MAX + ")");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new UsageException("--file: '" + file + "' (expected: a file that exists)");
        }
    }
}
