package io.ternmq.remoting.lease;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.ConsumerGate;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.access.RecordBuffer;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.stream.IntStream;

/** Shows the messages from a group's progress on, taken or not, without handing them out. */
public final class PeekHandler implements RequestHandler {
    private final BrokerAccess access;
    private final ConsumerGate gate;

    /** @param access the shard that has the messages */
    public PeekHandler(BrokerAccess access) {
        this.access = access;
        this.gate = new ConsumerGate(access);
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String group = request.getRequired("consumerGroup");
        int queueId = request.getInt("queueId");
        int count = LeaseLimits.count(request.getInt("maxMsgNums"));
        Topic topic = gate.lease(exchange, new QueueRef(group, request.getRequired("topic"), queueId));
        if (topic == null) {
            return;
        }
        int[] queueIds = queueId == LeaseWait.ANY_QUEUE
                ? IntStream.range(0, topic.queueCount()).toArray()
                : new int[] {queueId};
        Later<long[]> begin = new Later<>(
                exchange,
                offsets -> access.read(
                        exchange, scratch -> read(exchange, queueNos(topic, queueIds), offsets, count, scratch)));
        access.submit(
                exchange, StateCommands.readProgress(progress -> offsets(progress, group, topic, queueIds), begin));
    }

    private static int[] queueNos(Topic topic, int[] queueIds) {
        return IntStream.of(queueIds).map(topic::queueNo).toArray();
    }

    private static long[] offsets(PendingProgress progress, String group, Topic topic, int[] queueIds) {
        return IntStream.of(queueIds)
                .mapToLong(queueId -> progress.get(group, topic.name(), queueId))
                .toArray();
    }

    private Completion read(Exchange exchange, int[] queueNos, long[] offsets, int countMax, ReadScratch scratch) {
        QueueIndex queues = access.shard().queues();
        RecordBuffer records = new RecordBuffer(exchange.connection(), LeaseLimits.BYTES_MAX / 16);
        int count = 0;
        long rest = 0;
        boolean whole = false;
        try {
            for (int i = 0; i < queueNos.length; i++) {
                long offset = Math.max(offsets[i], queues.minOffset(queueNos[i]));
                if (count < countMax) {
                    ReadLimits limits = new ReadLimits(countMax - count, LeaseLimits.BYTES_MAX, countMax);
                    ReadResult result =
                            access.shard().reader().read(queueNos[i], offset, limits, TagFilter.ALL, records, scratch);
                    count += result.count();
                    offset = result.nextOffset();
                }
                rest += Math.max(0, queues.maxOffset(queueNos[i]) - offset);
            }
            whole = true;
        } finally {
            if (!whole) {
                records.take().release();
            }
        }
        int code = count == 0 ? ResponseCode.PULL_NOT_FOUND : ResponseCode.SUCCESS;
        long restCount = rest;
        return () -> answer(exchange, code, restCount, records.take());
    }

    private void answer(Exchange exchange, int code, long restCount, ByteBuf records) {
        exchange.begin(code, null)
                .field("popTime", access.shard().timeMs())
                .field("invisibleTime", 0)
                .field("reviveQid", PopRequest.REVIVE_QUEUE_UNORDERED)
                .field("restNum", restCount);
        exchange.end(records);
    }
}
