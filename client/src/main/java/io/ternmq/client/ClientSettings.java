package io.ternmq.client;

import io.ternmq.client.wire.ConnectionLimits;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/**
 * What can be set with {@code TernMQ.at(…).set(name, value)}. See {@code docs/client.md}.
 *
 * @param requestTimeout       how long a server may take to answer
 * @param compressionThreshold bodies of so many bytes or more are compressed
 * @param producerGroup        in whose name messages are sent that are in no transaction
 * @param ioThreads            event loops
 * @param limits               of each connection
 */
record ClientSettings(
        Duration requestTimeout,
        int compressionThreshold,
        String producerGroup,
        int ioThreads,
        ConnectionLimits limits) {

    private static final int IO_THREADS_USUAL = 2;
    private static final int IO_THREADS_MAX = 64;
    private static final int COMPRESSION_THRESHOLD_USUAL = 4 * 1024;
    private static final long TIMEOUT_MS_MAX = 600_000;

    private static final String REQUEST_TIMEOUT = "request.timeout";
    private static final String COMPRESSION_THRESHOLD = "compression.threshold";
    private static final String PRODUCER_GROUP = "producer.group";
    private static final String IO_THREADS = "io.threads";
    private static final String CONNECT_TIMEOUT = "connect.timeout";
    private static final String REQUESTS_MAX = "connection.requests-max";
    private static final String BYTES_MAX = "connection.bytes-max";

    /** @throws IllegalArgumentException when one of them is wrong; says name, value and what was expected */
    static ClientSettings read(Map<String, String> settings) {
        SettingsReader reader = new SettingsReader(settings);
        ConnectionLimits usual = ConnectionLimits.DEFAULT;
        ClientSettings read = new ClientSettings(
                Duration.ofMillis(reader.milliseconds(REQUEST_TIMEOUT, 3_000, TIMEOUT_MS_MAX)),
                (int) reader.number(COMPRESSION_THRESHOLD, COMPRESSION_THRESHOLD_USUAL, Integer.MAX_VALUE),
                reader.text(PRODUCER_GROUP, "TERN_PRODUCER"),
                (int) reader.number(
                        IO_THREADS,
                        Math.min(IO_THREADS_USUAL, Runtime.getRuntime().availableProcessors()),
                        IO_THREADS_MAX),
                new ConnectionLimits(
                        (int) reader.number(REQUESTS_MAX, usual.requestsMax(), Integer.MAX_VALUE),
                        reader.number(BYTES_MAX, usual.requestBytesMax(), Long.MAX_VALUE),
                        usual.frames(),
                        (int) reader.milliseconds(CONNECT_TIMEOUT, usual.connectTimeoutMs(), TIMEOUT_MS_MAX),
                        usual.backOffMsMin(),
                        usual.backOffMsMax()));
        reader.refuseOthers();
        return read;
    }

    /** Reads settings by name and knows which were asked for. */
    private static final class SettingsReader {

        private final Map<String, String> settings;
        private final TreeSet<String> known = new TreeSet<>();

        SettingsReader(Map<String, String> settings) {
            this.settings = settings;
        }

        String text(String name, String missing) {
            known.add(name);
            String value = settings.getOrDefault(name, missing);
            if (value.isBlank()) {
                throw wrong(name, value, "not empty");
            }
            return value;
        }

        long number(String name, long missing, long max) {
            String value = text(name, Long.toString(missing));
            return inRange(name, value, value, 1, max, "a whole number, 1.." + max);
        }

        long milliseconds(String name, long missing, long max) {
            String value = text(name, missing + "ms");
            String expected = "a time such as 500ms or 3s, 1ms.." + max + "ms";
            if (value.endsWith("ms")) {
                return inRange(name, value, value.substring(0, value.length() - 2), 1, max, expected);
            }
            if (value.endsWith("s")) {
                return inRange(name, value, value.substring(0, value.length() - 1), 1_000, max, expected);
            }
            throw wrong(name, value, expected);
        }

        private static long inRange(String name, String value, String digits, long unit, long max, String expected) {
            try {
                long number = Math.multiplyExact(Long.parseLong(digits.trim()), unit);
                if (number >= 1 && number <= max) {
                    return number;
                }
            } catch (NumberFormatException | ArithmeticException e) {
                throw new IllegalArgumentException(message(name, value, expected), e);
            }
            throw wrong(name, value, expected);
        }

        void refuseOthers() {
            settings.forEach((name, value) -> {
                if (!known.contains(name)) {
                    throw wrong(name, value, "one of the settings " + known);
                }
            });
        }

        private static IllegalArgumentException wrong(String name, String value, String expected) {
            return new IllegalArgumentException(message(name, value, expected));
        }

        private static String message(String name, String value, String expected) {
            return name + ": '" + value + "' (expected: " + expected + ")";
        }
    }
}
