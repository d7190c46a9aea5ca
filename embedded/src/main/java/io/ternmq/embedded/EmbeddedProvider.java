package io.ternmq.embedded;

import io.ternmq.TernMQ;
import io.ternmq.UnavailableException;
import io.ternmq.broker.Shard;
import io.ternmq.embedded.memory.MemoryDirectory;
import io.ternmq.log.storage.DirectoryLockedException;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.log.storage.LogDirectory;
import io.ternmq.runtime.CallbackThread;
import io.ternmq.runtime.EngineMQ;
import io.ternmq.spi.Address;
import io.ternmq.spi.EngineProvider;
import io.ternmq.spi.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens {@code file:FOLDER}, a queue in a folder, and {@code mem:}, one in memory. A folder has the layout of a server's data folder,
 * so a server can go on with it later.
 */
public final class EmbeddedProvider implements EngineProvider {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedProvider.class);
    private static final String FILE = "file";
    private static final String MEMORY = "mem";

    /** The index of a small queue lies in files of a fixed size, which are provided for besides the memory that was set. */
    private static final long INDEX_BYTES = 32L << 20;

    /** As in a server's data folder. */
    private static final String SHARD = "shard-0";

    @Override
    public Set<String> schemes() {
        return Set.of(FILE, MEMORY);
    }

    @Override
    public TernMQ open(Address address, OpenOptions options) {
        return open(address, options, new RealTime());
    }

    /**
     * Opens a queue that goes by a clock of the caller's.
     *
     * @param address {@code file:FOLDER} or {@code mem:}
     * @param options what the application said
     * @param time    the clock
     * @return an open queue, which closes the clock
     */
    public static TernMQ open(Address address, OpenOptions options, EmbeddedTime time) {
        boolean inMemory = address.scheme().equals(MEMORY);
        EmbeddedSettings settings = EmbeddedSettings.of(options.settings(), inMemory);
        if (options.credentials().isPresent() || options.tls().isPresent()) {
            throw new IllegalArgumentException(
                    "credentials and TLS: with '" + address + "' (expected: none within a process)");
        }
        if (inMemory != address.rest().isEmpty()) {
            throw new IllegalArgumentException("address: '" + address + "' (expected: file:FOLDER, or mem: alone)");
        }
        CallbackThread callbacks = new CallbackThread("ternmq-callbacks");
        try {
            Shard shard = openShard(address, settings, time, new EmbeddedEvents(address, callbacks));
            lookForDamage(shard, address, settings);
            ShardAccess access = new ShardAccess(shard, time, callbacks);
            return EngineMQ.of(new EmbeddedEngine(access, settings, options, time), options);
        } catch (RuntimeException e) {
            callbacks.close();
            throw e;
        }
    }

    private static Shard openShard(
            Address address, EmbeddedSettings settings, EmbeddedTime time, EmbeddedEvents events) {
        try {
            return Shard.open(settings.shard(), directory(address, settings), time.clock(), time, events);
        } catch (DirectoryLockedException e) {
            throw new UnavailableException("the folder of '" + address + "' is in use: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnavailableException("'" + address + "' could not be opened: " + e, e);
        }
    }

    private static void lookForDamage(Shard shard, Address address, EmbeddedSettings settings) {
        String reason = shard.readOnlyReason();
        if (reason == null) {
            return;
        }
        if (settings.acceptDamage()) {
            LOG.warn("The damage in the log of '{}' is accepted, and it is written again: {}", address, reason);
            shard.acceptDamage();
        } else {
            LOG.warn(
                    "The log of '{}' is read-only, sends are refused: {}. Open it once with the setting accept-damage=true"
                            + " to write it again; changes of state may be lost with the damage",
                    address,
                    reason);
        }
    }

    private static LogDirectory directory(Address address, EmbeddedSettings settings) throws IOException {
        return address.scheme().equals(MEMORY)
                ? MemoryDirectory.of(settings.memoryBytes() + INDEX_BYTES)
                : DiskDirectory.open(Path.of(address.rest()).resolve(SHARD));
    }
}
