package io.ternmq.embedded.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.MappedRegion;
import io.ternmq.log.storage.OpenMode;
import io.ternmq.log.storage.StorageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in memory do what files on a disk do. */
class MemoryFileTest {

    private static final String MEMORY = "memory";
    private static final String DISK = "disk";
    private static final int PAGE_BYTES = 64 * 1024;
    private static final int MODEL_BYTES = 5 * PAGE_BYTES;

    @TempDir
    private Path folder;

    private LogDirectory directory(String kind) throws IOException {
        return kind.equals(MEMORY) ? MemoryDirectory.of(16 << 20) : DiskDirectory.open(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {MEMORY, DISK})
    void readsEndWithTheFile(String kind) throws IOException {
        try (StorageFile file = directory(kind).open("f", OpenMode.CREATE)) {
            file.write(bytes("hello"), 3);
            assertThat(file.size()).isEqualTo(8);
            ByteBuffer all = ByteBuffer.allocate(20);
            assertThat(file.read(all, 0)).isEqualTo(8);
            assertThat(text(all)).isEqualTo("\0\0\0hello");
            assertThat(file.read(ByteBuffer.allocate(4), 8)).isZero();
            assertThat(file.read(ByteBuffer.allocate(4), 100)).isZero();
            assertThat(file.size()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MEMORY, DISK})
    void whatIsCutIsZeroWhenTheFileGrowsAgain(String kind) throws IOException {
        try (StorageFile file = directory(kind).open("f", OpenMode.CREATE)) {
            file.write(bytes("abcdef"), PAGE_BYTES - 3);
            file.truncate(PAGE_BYTES - 1);
            file.truncate(PAGE_BYTES + 100);
            assertThat(file.size()).isEqualTo(PAGE_BYTES - 1);
            file.write(bytes("z"), PAGE_BYTES + 3);
            ByteBuffer end = ByteBuffer.allocate(20);
            assertThat(file.read(end, PAGE_BYTES - 3)).isEqualTo(7);
            assertThat(text(end)).isEqualTo("ab\0\0\0\0z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MEMORY, DISK})
    void whatIsMappedAndWhatIsReadAreTheSame(String kind) throws IOException {
        try (StorageFile file = directory(kind).open("f", OpenMode.CREATE);
                MappedRegion region = file.map(0, 2 * PAGE_BYTES)) {
            assertThat(file.size()).isEqualTo(2 * PAGE_BYTES);
            region.buffer().putInt(PAGE_BYTES - 2, 0x01020304);
            ByteBuffer read = ByteBuffer.allocate(4);
            file.read(read, PAGE_BYTES - 2);
            assertThat(read.order(ByteOrder.nativeOrder()).getInt(0)).isEqualTo(0x01020304);
            file.write(bytes("x"), PAGE_BYTES);
            assertThat(region.buffer().getByte(PAGE_BYTES)).isEqualTo((byte) 'x');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MEMORY, DISK})
    void namesAreMadeMovedAndDeleted(String kind) throws IOException {
        LogDirectory directory = directory(kind);
        assertThatThrownBy(() -> directory.open("a", OpenMode.READ)).isInstanceOf(NoSuchFileException.class);
        try (StorageFile a = directory.open("a", OpenMode.CREATE);
                StorageFile b = directory.open("b", OpenMode.CREATE)) {
            a.write(bytes("of a"), 0);
            b.write(bytes("of b"), 0);
            directory.rename("a", "b");
            directory.rename("b", "b");
            assertThat(directory.list()).containsExactly("b");
            ByteBuffer read = ByteBuffer.allocate(4);
            try (StorageFile renamed = directory.open("b", OpenMode.READ)) {
                renamed.read(read, 0);
            }
            assertThat(text(read)).isEqualTo("of a");
            directory.delete("b");
            directory.delete("b");
            ByteBuffer still = ByteBuffer.allocate(4);
            assertThat(a.read(still, 0)).as("of a deleted file that is open").isEqualTo(4);
            assertThat(directory.list()).isEmpty();
        }
        try (StorageFile emptied = directory.open("b", OpenMode.CREATE)) {
            assertThat(emptied.size()).isZero();
        }
    }

    @Test
    void aFullMemoryIsLikeAFullDisk() throws IOException {
        MemoryDirectory directory = MemoryDirectory.of(2 * PAGE_BYTES);
        try (StorageFile file = directory.open("f", OpenMode.CREATE)) {
            file.write(bytes("x"), PAGE_BYTES);
            assertThat(directory.usableBytes()).isZero();
            assertThatThrownBy(() -> file.write(bytes("x"), 2 * PAGE_BYTES))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("memory");
            assertThat(file.size()).isEqualTo(PAGE_BYTES + 1);
            file.truncate(PAGE_BYTES);
            assertThat(directory.usableBytes()).isEqualTo(PAGE_BYTES);
            directory.delete("f");
            file.truncate(0);
            assertThat(directory.usableBytes()).as("given back once").isEqualTo(2 * PAGE_BYTES);
        }
    }

    @Test
    void aProcessWithoutMemoryIsLikeAFullDisk() throws IOException {
        MemoryBudget budget = new MemoryBudget(16 << 20);
        AtomicInteger left = new AtomicInteger(2);
        try (StorageFile file = new MemoryFile(budget, bytes -> {
            if (left.getAndDecrement() <= 0) {
                throw new OutOfMemoryError("expected by the test");
            }
            return ByteBuffer.allocate(bytes);
        })) {
            file.write(bytes("x"), 0);
            assertThatThrownBy(() -> file.write(bytes("x"), 5 * PAGE_BYTES)).isInstanceOf(IOException.class);
            assertThat(budget.leftBytes()).isEqualTo((16 << 20) - PAGE_BYTES);
            assertThat(file.size()).isEqualTo(1);
        }
    }

    @Test
    void aReadBesideACutIsShortAndNoMore() throws Exception {
        try (StorageFile file = MemoryDirectory.of(16 << 20).open("f", OpenMode.CREATE)) {
            byte[] whole = new byte[4 * PAGE_BYTES];
            CompletableFuture<Void> cutting = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 500; i++) {
                        file.write(ByteBuffer.wrap(whole), 0);
                        file.truncate(0);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            while (!cutting.isDone()) {
                assertThat(file.read(ByteBuffer.allocate(whole.length), 0)).isBetween(0, whole.length);
            }
            cutting.join();
        }
    }

    @Property(tries = 100)
    void anyReadsWritesAndCutsAreThoseOfAnArray(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] model = new byte[MODEL_BYTES];
        int size = 0;
        try (StorageFile file = MemoryDirectory.of(16 << 20).open("f", OpenMode.CREATE)) {
            for (int step = 0; step < 40; step++) {
                int at = random.nextInt(MODEL_BYTES);
                int length = random.nextInt(Math.min(MODEL_BYTES - at, 2 * PAGE_BYTES) + 1);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        file.truncate(at);
                        Arrays.fill(model, Math.min(at, size), size, (byte) 0);
                        size = Math.min(at, size);
                    }
                    case 1, 2 -> {
                        byte[] written = new byte[length];
                        random.nextBytes(written);
                        file.write(ByteBuffer.wrap(written), at);
                        System.arraycopy(written, 0, model, at, length);
                        size = length == 0 ? size : Math.max(size, at + length);
                    }
                    default -> {
                        ByteBuffer read = ByteBuffer.allocate(length);
                        int count = Math.max(0, Math.min(length, size - at));
                        assertThat(file.read(read, at)).isEqualTo(count);
                        assertThat(Arrays.copyOf(read.array(), count))
                                .isEqualTo(Arrays.copyOfRange(model, at, at + count));
                    }
                }
                assertThat(file.size()).isEqualTo(size);
            }
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer read) {
        return StandardCharsets.US_ASCII.decode(read.duplicate().flip()).toString();
    }
}
