package io.ternmq.client.admin;

import io.ternmq.InvalidRequestException;
import io.ternmq.Partition;
import io.ternmq.TopicDescription;
import io.ternmq.UnavailableException;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.offset.Offsets;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.EngineAdmin;
import io.ternmq.engine.OffsetRange;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What operators do with a server. Thread-safe. */
public final class ServerAdmin implements EngineAdmin {

    private static final int READ_AND_WRITE = 6;
    private static final int PARTITIONS_MAX = 1_024;
    /** Name servers hear of a new topic a moment after its brokers. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static final int LOOKS_MAX = 100;

    private final NameServers nameServers;
    private final Brokers brokers;
    private final Connections connections;
    private final Routes routes;
    private final Offsets offsets;
    private final long timeoutMs;

    /**
     * Does nothing yet.
     *
     * @param nameServers know brokers and topics
     * @param connections the ways to brokers
     * @param routes      where partitions are
     * @param offsets     what they hold
     * @param timeoutMs   for an answer
     */
    public ServerAdmin(
            NameServers nameServers, Connections connections, Routes routes, Offsets offsets, long timeoutMs) {
        this.nameServers = nameServers;
        this.brokers = new Brokers(nameServers, connections, timeoutMs);
        this.connections = connections;
        this.routes = routes;
        this.offsets = offsets;
        this.timeoutMs = timeoutMs;
    }

    @Override
    public CompletableFuture<List<String>> topics() {
        String what = "list the topics";
        CompletableFuture<List<String>> all = nameServers.ask(
                () -> new Call(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, what, timeoutMs), answer -> {
                    if (answer.code() != ResponseCode.SUCCESS) {
                        throw Failures.refused(what, answer);
                    }
                    return JsonObject.read(answer.body()).texts("topicList");
                });
        return all.thenCombine(
                namesOfBrokers(),
                (topics, own) -> topics.stream()
                        .filter(name -> !OwnNames.isTopic(name) && !own.contains(name))
                        .sorted()
                        .toList());
    }

    /** Brokers and clusters have topics of their own names. */
    private CompletableFuture<Set<String>> namesOfBrokers() {
        String what = "list the clusters";
        return nameServers.ask(() -> new Call(RequestCode.GET_BROKER_CLUSTER_INFO, what, timeoutMs), answer -> {
            JsonObject body = JsonObject.read(answer.body());
            return Set.copyOf(Stream.concat(
                            body.object("brokerAddrTable").names().stream(),
                            body.object("clusterAddrTable").names().stream())
                    .distinct()
                    .toList());
        });
    }

    @Override
    public CompletableFuture<Optional<TopicDescription>> topic(String name) {
        routes.forget(name);
        return routes.route(name).thenCompose(route -> {
            if (route.brokers().isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            CompletableFuture<Long> messages = route.readable().stream()
                    .map(offsets::range)
                    .map(range -> range.thenApply(ServerAdmin::count))
                    .reduce((one, other) -> one.thenCombine(other, Long::sum))
                    .orElseGet(() -> CompletableFuture.completedFuture(0L));
            return messages.thenCombine(
                    waiting(name),
                    (stored, late) -> Optional.of(new TopicDescription(name, route.readable(), stored, late)));
        });
    }

    private static long count(OffsetRange range) {
        return range.end() - range.begin();
    }

    /**
     * Counts messages that wait for their time.
     *
     * @param topic where they will be
     * @return how many; brokers that do not tell count as having none
     */
    public CompletableFuture<Long> waiting(String topic) {
        return brokers.each(broker -> new Call(RequestCode.GET_TIMER_METRICS, "count what waits", timeoutMs)
                        .to(
                                broker,
                                answer -> answer.code() == ResponseCode.SUCCESS
                                        ? JsonObject.read(answer.body())
                                                .object("timingCount")
                                                .object(topic)
                                                .number("count", 0)
                                        : 0L))
                .thenApply(counts -> counts.stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public CompletableFuture<Void> putTopic(String name, int partitions) {
        if (partitions < 1 || partitions > PARTITIONS_MAX) {
            return CompletableFuture.failedFuture(new InvalidRequestException(
                    "partitions: " + partitions + " (expected: 1.." + PARTITIONS_MAX + ")"));
        }
        return routes.route(name)
                .thenCompose(before -> {
                    int readable = Math.max(partitions, highest(before.readable()));
                    return brokers.each(
                            broker -> new Call(RequestCode.UPDATE_AND_CREATE_TOPIC, "make the topic " + name, timeoutMs)
                                    .field("topic", name)
                                    .field("defaultTopic", Routes.TEMPLATE_TOPIC)
                                    .field("readQueueNums", readable)
                                    .field("writeQueueNums", partitions)
                                    .field("perm", READ_AND_WRITE)
                                    .field("topicFilterType", "SINGLE_TAG")
                                    .field("topicSysFlag", 0)
                                    .field("order", false)
                                    .expect(broker));
                })
                .thenCompose(made -> seen(name, partitions, LOOKS_MAX));
    }

    private static int highest(Collection<Partition> partitions) {
        return partitions.stream().mapToInt(Partition::id).max().orElse(-1) + 1;
    }

    private CompletableFuture<Void> seen(String name, int partitions, int looks) {
        routes.forget(name);
        return routes.route(name).thenCompose(route -> {
            if (highest(route.writable()) == partitions) {
                return CompletableFuture.completedFuture(null);
            }
            if (looks == 0) {
                throw new UnavailableException("topic " + name + ": made, but the name servers do not show it yet");
            }
            CompletableFuture<Void> later = new CompletableFuture<>();
            Runnable unused = connections.schedule(LOOK_AGAIN, () -> later.complete(null));
            return later.thenCompose(now -> seen(name, partitions, looks - 1));
        });
    }

    @Override
    public CompletableFuture<Boolean> deleteTopic(String name) {
        routes.forget(name);
        return routes.route(name).thenCompose(route -> {
            if (route.brokers().isEmpty()) {
                return CompletableFuture.completedFuture(false);
            }
            String what = "delete the topic " + name;
            return brokers.each(broker -> new Call(RequestCode.DELETE_TOPIC_IN_BROKER, what, timeoutMs)
                            .field("topic", name)
                            .expect(broker))
                    .thenCompose(gone -> everyNameServer(
                            () -> new Call(RequestCode.DELETE_TOPIC_IN_NAMESRV, what, timeoutMs).field("topic", name)))
                    .thenApply(gone -> {
                        routes.forget(name);
                        return true;
                    });
        });
    }

    private CompletableFuture<Void> everyNameServer(Supplier<Call> newCall) {
        return CompletableFuture.allOf(nameServers.addresses().stream()
                .map(address -> newCall.get().expect(connections.to(address)))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public CompletableFuture<List<String>> groups() {
        return brokers.each(broker -> new Call(
                                RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, "list the groups", timeoutMs)
                        .expect(
                                broker,
                                answer -> List.copyOf(JsonObject.read(answer.body())
                                        .object("subscriptionGroupTable")
                                        .names())))
                .thenApply(all -> all.stream()
                        .flatMap(Collection::stream)
                        .filter(name -> !OwnNames.isGroup(name))
                        .distinct()
                        .sorted()
                        .toList());
    }

    @Override
    public CompletableFuture<Boolean> deleteGroup(String name) {
        return groups().thenCompose(known -> known.contains(name)
                ? brokers.each(broker -> new Call(
                                        RequestCode.DELETE_SUBSCRIPTIONGROUP, "delete the group " + name, timeoutMs)
                                .field("groupName", name)
                                .field("cleanOffset", true)
                                .field("removeOffset", true)
                                .expect(broker))
                        .thenApply(gone -> true)
                : CompletableFuture.completedFuture(false));
    }

    @Override
    public CompletableFuture<Void> reset(String group, String topic, Instant time) {
        String what = "reset " + group + " in " + topic;
        return routes.route(topic).thenCompose(route -> {
            if (route.brokers().isEmpty()) {
                throw new InvalidRequestException("topic: '" + topic + "' (expected: one that exists)");
            }
            return CompletableFuture.allOf(route.brokers().values().stream()
                    .map(broker -> new Call(RequestCode.INVOKE_BROKER_TO_RESET_OFFSET, what, timeoutMs)
                            .field("topic", topic)
                            .field("group", group)
                            .field("timestamp", time.toEpochMilli())
                            .field("isForce", true)
                            .field("queueId", -1)
                            .to(connections.to(broker), answer -> switch (answer.code()) {
                                case ResponseCode.SUCCESS -> true;
                                case ResponseCode.CONSUMER_NOT_ONLINE -> false;
                                default -> throw Failures.refused(what, answer);
                            })
                            .thenCompose(done -> done ? nothing() : resetHere(group, route.readable(), time)))
                    .toArray(CompletableFuture<?>[]::new));
        });
    }

    /** Brokers that leave it to consumers do nothing when none is there. */
    private CompletableFuture<Void> resetHere(String group, List<Partition> partitions, Instant time) {
        return CompletableFuture.allOf(partitions.stream()
                .map(partition -> offsets.at(partition, time)
                        .thenCompose(offset -> offsets.commit(group, Map.of(partition, offset))))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static CompletableFuture<Void> nothing() {
        return CompletableFuture.completedFuture(null);
    }
}
