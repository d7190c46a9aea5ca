package io.ternmq.runtime.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePositionsTest {

    private static final Partition FIRST = new Partition("orders", "a", 0);
    private static final Partition OTHER = new Partition("orders", "a", 1);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("offsets");
    }

    @Test
    void whatWasKeptIsWhereTheNextOneBegins() {
        Positions positions = new FilePositions(file, always(7));
        assertThat(positions.begin(FIRST).join()).isEqualTo(7);
        positions.moved(FIRST, 42);
        positions.keep().join();

        Positions next = new FilePositions(file, always(7));
        assertThat(next.begin(FIRST).join()).isEqualTo(42);
        assertThat(next.begin(OTHER).join()).isEqualTo(7);
    }

    @Test
    void whatWasNotKeptIsNotThere() {
        new FilePositions(file, always(7)).moved(FIRST, 42);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatIsNoneIsRefusedByItsLine() throws IOException {
        Files.writeString(file, "12 orders/a/0\nnonsense\n");
        assertThatThrownBy(() -> new FilePositions(file, always(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("'nonsense'");
    }

    @Test
    void aFolderThatHasGoneIsAnErrorOfKeeping() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Positions positions = new FilePositions(sub.resolve("offsets"), always(0));
        Files.delete(sub);
        positions.moved(FIRST, 1);
        assertThat(positions.keep()).isCompletedExceptionally();
    }

    private static Positions always(long offset) {
        return new Positions() {
            @Override
            public CompletableFuture<Long> begin(Partition partition) {
                return CompletableFuture.completedFuture(offset);
            }

            @Override
            public void moved(Partition partition, long to) {
                throw new AssertionError("the file keeps it");
            }

            @Override
            public CompletableFuture<Void> keep() {
                throw new AssertionError("the file keeps it");
            }
        };
    }
}
