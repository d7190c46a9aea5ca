package io.ternmq.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The bodies to be sent, one after the other. One thread. */
interface MessageBodies extends AutoCloseable {

    byte[] END = {};

    /** @return the next body; {@link #END} when there is none */
    byte[] next() throws IOException;

    @Override
    void close() throws IOException;

    /** The same again and again. */
    static MessageBodies repeated(byte[] body, long count) {
        return new MessageBodies() {
            private long left = count;

            @Override
            public byte[] next() {
                return left-- > 0 ? body : END;
            }

            @Override
            public void close() {}
        };
    }

    /** Each line that is not empty. */
    static MessageBodies lines(InputStream in) {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        return new MessageBodies() {
            @Override
            public byte[] next() throws IOException {
                String line = reader.readLine();
                while (line != null && line.isEmpty()) {
                    line = reader.readLine();
                }
                return line == null ? END : line.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }
}
