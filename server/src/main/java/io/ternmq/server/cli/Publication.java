package io.ternmq.server.cli;

import io.ternmq.SendReceipt;
import io.ternmq.UnavailableException;
import io.ternmq.client.json.JsonText;
import io.ternmq.client.send.Stored;
import io.ternmq.server.client.MessageSender;
import io.ternmq.server.client.OutgoingMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Messages on their way: some are sent ahead of the oldest answer that is still awaited. One thread. */
final class Publication {

    private static final int UNDER_WAY_MAX = 256;
    /** So many are shown one by one to a person; of more only the number. */
    private static final int SHOWN_MAX = 20;

    private final CommandContext context;
    private final MessageSender sender;
    private final Duration timeout;
    private final boolean json;
    private final ProgressLine progress;
    private final Queue<CompletableFuture<Stored>> underWay = new ArrayDeque<>();
    private final long startNs;
    private long sentCount;

    Publication(CommandContext context, MessageSender sender, Duration timeout, boolean json) {
        this.context = context;
        this.sender = sender;
        this.timeout = timeout;
        this.json = json;
        this.progress = new ProgressLine(context.console(), context.nanoClock());
        this.startNs = context.nanoClock().nanoTime();
    }

    /** @throws io.ternmq.TernMQException when an earlier message was refused */
    void send(OutgoingMessage message) {
        underWay.add(sender.sendAsync(message));
        while (underWay.size() >= UNDER_WAY_MAX || isDone(underWay.peek())) {
            awaitOldest();
        }
    }

    private static boolean isDone(@Nullable Future<?> oldest) {
        return oldest != null && oldest.isDone();
    }

    /** Waits for all answers. */
    void finish() {
        while (!underWay.isEmpty()) {
            awaitOldest();
        }
        progress.clear();
        if (!json && sentCount != 1) {
            double seconds = (context.nanoClock().nanoTime() - startNs) / 1e9;
            context.console().out().printf("sent %,d messages in %.1f s%n", sentCount, seconds);
        }
        context.console().out().flush();
    }

    private void awaitOldest() {
        try {
            report(underWay.remove().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new UnavailableException(after(String.valueOf(cause == null ? failed : cause.getMessage())), failed);
        } catch (TimeoutException late) {
            throw new UnavailableException(after("no answer within " + timeout.toMillis() + " ms"), late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(after("interrupted"), interrupted);
        }
    }

    private String after(String what) {
        progress.clear();
        return sentCount == 0 ? what : what + " (after " + sentCount + " messages that are stored)";
    }

    private void report(Stored stored) {
        SendReceipt receipt = stored.receipt();
        sentCount++;
        if (json) {
            context.console().out().println(JsonText.line(fields(stored)));
        } else if (sentCount <= SHOWN_MAX) {
            context.console()
                    .out()
                    .println("sent " + receipt.id() + " to " + receipt.partition() + " at offset " + receipt.offset());
        } else {
            progress.show(() -> String.format("%,d sent", sentCount));
        }
    }

    private static Map<String, Object> fields(Stored stored) {
        SendReceipt receipt = stored.receipt();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", receipt.partition().topic());
        fields.put("broker", receipt.partition().broker());
        fields.put("queue", receipt.partition().id());
        fields.put("offset", receipt.offset());
        fields.put("id", receipt.id());
        fields.put("offsetId", stored.offsetId());
        return fields;
    }
}
