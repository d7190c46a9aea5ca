package io.ternmq.bench.responder;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers one connection. Event loop only. */
final class Responder extends SimpleChannelInboundHandler<ByteBuf> {
    private static final int PULL = 11;
    private static final int QUERY_OFFSET = 14;
    private static final int COMMIT_OFFSET = 15;
    private static final int CREATE_TOPIC = 17;
    private static final int MAX_OFFSET = 30;
    private static final int MIN_OFFSET = 31;
    private static final int HEARTBEAT = 34;
    private static final int CONSUMERS_OF_GROUP = 38;
    private static final int ROUTE = 105;
    private static final int SEND = 310;
    private static final int SEND_BATCH = 320;

    private static final int NO_NEW_MESSAGE = 19;
    private static final int NOT_FOUND = 22;
    private static final long HOLD_PULL_MS = 1_000;
    private static final byte[] QUEUE_OF_SEND = RequestHeader.key("\"e\":\"");
    private static final String RETRY_PREFIX = "%RETRY%";
    private static final byte[] NO_BODY = {};
    private static final Pattern CLIENT_ID = Pattern.compile("\"clientID\":\"([^\"]+)\"");

    private final Answers answers;
    private final FakeQueues queues;
    private final RequestHeader header = new RequestHeader();
    private String clientId = "";

    /** @param queues shared by all connections: a producer fills them on one, a consumer reads them on another */
    Responder(Answers answers, FakeQueues queues) {
        this.answers = answers;
        this.queues = queues;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        header.read(frame);
        int opaque = header.opaque();
        switch (header.code()) {
            case SEND -> {
                queues.count(header.queueOfSend(QUEUE_OF_SEND), frame);
                if (!queues.knowsProperties()) {
                    queues.properties(header.properties());
                }
                write(context, answers.sent(context.alloc(), opaque));
            }
            case SEND_BATCH -> write(context, answers.sent(context.alloc(), opaque));
            case PULL -> pull(context, opaque);
            case ROUTE -> write(context, answers.route(context.alloc(), opaque));
            case QUERY_OFFSET -> answer(context, NOT_FOUND, "", opaque, NO_BODY);
            case MAX_OFFSET ->
                answer(
                        context,
                        0,
                        "\"offset\":\"" + queues.count((int) header.number("queueId")) + "\"",
                        opaque,
                        NO_BODY);
            case MIN_OFFSET -> answer(context, 0, "\"offset\":\"0\"", opaque, NO_BODY);
            case HEARTBEAT -> heartbeat(context, frame, opaque);
            case CONSUMERS_OF_GROUP -> answer(context, 0, "", opaque, consumers());
            case COMMIT_OFFSET -> {
                // Sent one-way: there is nobody to answer.
            }
            case CREATE_TOPIC -> {
                queues.clear();
                answer(context, 0, "", opaque, NO_BODY);
            }
            default -> answer(context, 0, "", opaque, NO_BODY);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a pull of a client that has gone needs no answer
    private void pull(ChannelHandlerContext context, int opaque) {
        int queueId = (int) header.number("queueId");
        long offset = header.number("queueOffset");
        String topic = header.text("topic");
        // Every consumer also asks for the retries of its group.
        long end = topic.startsWith(RETRY_PREFIX) ? 0 : queues.count(queueId);
        int count = (int) Math.min(header.number("maxMsgNums"), end - offset);
        if (count > 0) {
            ByteBuf records = queues.records(context.alloc(), topic, queueId, offset, count);
            ByteBuf frame = answers.answer(context.alloc(), 0, range(offset + count, end), opaque, NO_BODY);
            frame.setInt(0, frame.readableBytes() - Integer.BYTES + records.readableBytes());
            write(context, frame);
            write(context, records);
        } else {
            ByteBuf later = answers.answer(context.alloc(), NO_NEW_MESSAGE, range(offset, end), opaque, NO_BODY);
            context.executor().schedule(() -> context.writeAndFlush(later), HOLD_PULL_MS, TimeUnit.MILLISECONDS);
        }
    }

    private static String range(long next, long end) {
        return "\"suggestWhichBrokerId\":\"0\",\"nextBeginOffset\":\"" + next
                + "\",\"minOffset\":\"0\",\"maxOffset\":\"" + end + "\"";
    }

    private void heartbeat(ChannelHandlerContext context, ByteBuf body, int opaque) {
        Matcher found = CLIENT_ID.matcher(body.toString(StandardCharsets.UTF_8));
        if (found.find()) {
            clientId = found.group(1);
        }
        answer(context, 0, "", opaque, NO_BODY);
    }

    private byte[] consumers() {
        return ("{\"consumerIdList\":[\"" + clientId + "\"]}").getBytes(StandardCharsets.UTF_8);
    }

    private void answer(ChannelHandlerContext context, int code, String fields, int opaque, byte[] body) {
        write(context, answers.answer(context.alloc(), code, fields, opaque, body));
    }

    /** A client that has gone needs no answer. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void write(ChannelHandlerContext context, ByteBuf frame) {
        context.write(frame, context.voidPromise());
    }
}
