package io.ternmq.client.member;

import io.ternmq.Partition;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Connections;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hears from brokers where an operator has set a group to, and tells those of its members here that read partitions. Thread-safe. */
public final class Resets {

    private final Map<String, List<Consumer<Map<Partition, Long>>>> listeners = new ConcurrentHashMap<>();

    /**
     * Hears of them from now on.
     *
     * @param connections where they come from
     */
    public Resets(Connections connections) {
        connections.on(RequestCode.RESET_CONSUMER_CLIENT_OFFSET, this::asked);
    }

    /**
     * Has a member told.
     *
     * @param group    whose
     * @param listener takes what is to be read next of some partitions; on an event loop, so it must not block
     * @return ends it
     */
    public Runnable listen(String group, Consumer<Map<Partition, Long>> listener) {
        listeners.computeIfAbsent(group, name -> new CopyOnWriteArrayList<>()).add(listener);
        return () -> listeners.computeIfPresent(group, (name, known) -> {
            known.remove(listener);
            return known.isEmpty() ? null : known;
        });
    }

    private int asked(Connection from, RemotingFrame request) {
        Map<Partition, Long> offsets = offsets(request);
        listeners.getOrDefault(request.getRequired("group"), List.of()).forEach(listener -> listener.accept(offsets));
        return ResponseCode.SUCCESS;
    }

    /**
     * What such a request says.
     *
     * @param request from a broker
     * @return what is to be read next
     */
    public static Map<Partition, Long> offsets(RemotingFrame request) {
        JsonObject table = JsonObject.readWithObjectKeys(request.body()).object("offsetTable");
        Map<Partition, Long> offsets = new HashMap<>();
        for (String key : table.names()) {
            JsonObject queue = JsonObject.read(key);
            Partition partition = new Partition(
                    queue.text("topic", ""), queue.text("brokerName", ""), (int) queue.number("queueId", 0));
            offsets.put(partition, table.number(key, 0));
        }
        return offsets;
    }
}
