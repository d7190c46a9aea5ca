package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.Message;
import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import io.ternmq.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that found damage may hide changes of state in it: it is written again when somebody says so. */
class DamagedFolderTest {

    @TempDir
    private Path folder;

    @Test
    void damageIsReadOnlyUntilItIsAccepted() throws IOException {
        try (TernMQ mq = queue().open()) {
            for (int i = 0; i < 20; i++) {
                mq.send(Message.to("orders").body("message " + i));
            }
        }
        damage();

        try (TernMQ mq = queue().open()) {
            assertThatThrownBy(() -> mq.send(Message.to("orders").body("x"))).isInstanceOf(UnavailableException.class);
        }
        try (TernMQ mq = queue().set("accept-damage", "true").open()) {
            assertThat(mq.send(Message.to("orders").body("x")).offset()).isNotNegative();
        }
        try (TernMQ mq = queue().open()) {
            assertThat(mq.send(Message.to("orders").body("x")).offset()).isNotNegative();
        }
    }

    private TernMQBuilder queue() {
        return TernMQ.at("file:" + folder);
    }

    /** Spoils the second half of the log, and takes away what would make reading it unnecessary. */
    private void damage() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.resolve("shard-0"))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith("checkpoint-")) {
                Files.delete(file);
            } else if (name.endsWith(".log")) {
                spoil(file);
            }
        }
    }

    private static void spoil(Path segment) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        for (int i = end / 2; i < end * 3 / 4; i += 20) {
            bytes[i] ^= 1;
        }
        Files.write(segment, bytes);
    }
}
