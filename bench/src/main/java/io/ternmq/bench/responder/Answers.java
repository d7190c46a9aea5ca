package io.ternmq.bench.responder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** The frames that go back. Event loop only. */
final class Answers {
    static final int QUEUE_COUNT = 4;

    private static final byte[] SENT =
            bytes("{\"code\":0,\"extFields\":{\"msgId\":\"7F0000010000269400000000000004D2\","
                    + "\"queueId\":\"0\",\"queueOffset\":\"0\"},\"flag\":1,\"opaque\":");
    private static final byte[] END = bytes("}");
    private static final int LENGTH_AND_HEADER_WORD_BYTES = 8;
    private static final int DIGITS_MAX = 11;

    private final String route;

    Answers(String host, int port) {
        route = "{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"" + host + ":" + port
                + "\"},\"brokerName\":\"null\",\"cluster\":\"null\"}],\"filterServerTable\":{},\"queueDatas\":["
                + "{\"brokerName\":\"null\",\"perm\":7,\"readQueueNums\":" + QUEUE_COUNT
                + ",\"topicSysFlag\":0,\"writeQueueNums\":" + QUEUE_COUNT + "}]}";
    }

    ByteBuf route(ByteBufAllocator allocator, int opaque) {
        return answer(allocator, 0, "", opaque, bytes(route));
    }

    /** The same for every message: who it was for is all that changes. */
    ByteBuf sent(ByteBufAllocator allocator, int opaque) {
        ByteBuf frame = allocator.directBuffer(LENGTH_AND_HEADER_WORD_BYTES + SENT.length + DIGITS_MAX + END.length);
        frame.writerIndex(LENGTH_AND_HEADER_WORD_BYTES);
        frame.writeBytes(SENT);
        writeDigits(frame, opaque);
        frame.writeBytes(END);
        int headerBytes = frame.writerIndex() - LENGTH_AND_HEADER_WORD_BYTES;
        frame.setInt(0, Integer.BYTES + headerBytes);
        frame.setInt(Integer.BYTES, headerBytes);
        return frame;
    }

    /** @param fields members of {@code extFields}, in JSON */
    ByteBuf answer(ByteBufAllocator allocator, int code, String fields, int opaque, byte[] body) {
        byte[] header = bytes("{\"code\":" + code + ",\"extFields\":{" + fields + "},\"flag\":1,\"opaque\":" + opaque
                + ",\"version\":513}");
        ByteBuf frame = allocator.directBuffer(LENGTH_AND_HEADER_WORD_BYTES + header.length + body.length);
        frame.writeInt(Integer.BYTES + header.length + body.length);
        frame.writeInt(header.length);
        return frame.writeBytes(header).writeBytes(body);
    }

    private static void writeDigits(ByteBuf frame, int number) {
        int divisor = 1;
        while (number / divisor >= 10) {
            divisor *= 10;
        }
        for (int rest = number; divisor > 0; divisor /= 10) {
            frame.writeByte('0' + rest / divisor);
            rest %= divisor;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
