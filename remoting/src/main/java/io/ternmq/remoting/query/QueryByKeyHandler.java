package io.ternmq.remoting.query;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.access.Completion;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.RecordBuffer;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.collections.LongArrayList;

/** Finds the messages of a topic that have a key, newest first. */
public final class QueryByKeyHandler implements RequestHandler {
    private static final int FOUND_MAX = 64;
    private static final int CANDIDATES_A_MESSAGE = 4;

    private static final int BYTES_EXPECTED = 8 * 1024;

    private final BrokerAccess access;

    /** @param access the shard that has the messages */
    public QueryByKeyHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        boolean unique = request.getBoolean("_UNIQUE_KEY_QUERY", false);
        KeyQuery query = new KeyQuery(
                request.getRequired("topic"),
                request.getRequired("key"),
                request.getLong("beginTimestamp"),
                request.getLong("endTimestamp"),
                unique ? FOUND_MAX : Math.max(1, Math.min(request.getInt("maxNum"), FOUND_MAX)));
        access.read(exchange, scratch -> find(exchange, query, scratch));
    }

    private Completion find(Exchange exchange, KeyQuery query, ReadScratch scratch) {
        LongArrayList positions = positions(query);
        RecordBuffer records = new RecordBuffer(exchange.connection(), BYTES_EXPECTED);
        MatchingRecords matching = new MatchingRecords(query, records);
        for (int i = 0; i < positions.size() && matching.wantsMore(); i++) {
            access.shard().reader().readAt(positions.getLong(i), matching, scratch);
        }
        ByteBuf body = records.take();
        return () -> answer(exchange, body);
    }

    private LongArrayList positions(KeyQuery query) {
        LongArrayList positions = new LongArrayList();
        try {
            access.shard()
                    .keys()
                    .find(
                            KeyHash.of(query.topic(), query.key()),
                            query.fromMs(),
                            query.toMs(),
                            query.countMax() * CANDIDATES_A_MESSAGE,
                            positions);
        } catch (IOException e) {
            throw new UncheckedIOException("key index: a query failed", e);
        }
        return positions;
    }

    private void answer(Exchange exchange, ByteBuf body) {
        if (!body.isReadable()) {
            body.release();
            exchange.answer(ResponseCode.QUERY_NOT_FOUND, "no message has that key in that time");
            return;
        }
        exchange.begin(ResponseCode.SUCCESS, null)
                .field("indexLastUpdateTimestamp", access.clock().time())
                .field("indexLastUpdatePhyoffset", access.shard().figures().committedPosition());
        exchange.end(body);
    }
}
