package io.ternmq.grpc.transaction;

import apache.rocketmq.v2.RecoverOrphanedTransactionCommand;
import apache.rocketmq.v2.TelemetryCommand;
import io.ternmq.broker.access.QuestionCourier;
import io.ternmq.broker.member.Connection;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.grpc.client.ClientSession;
import io.ternmq.grpc.convert.MessageViews;
import io.ternmq.grpc.convert.TransactionId;
import io.ternmq.protocol.message.MessageRecord;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks producers that are connected by gRPC about their transactions. */
public final class OrphanCourier implements QuestionCourier {
    @Override
    public boolean reaches(Connection producer) {
        return producer instanceof ClientSession session && session.isOpen();
    }

    @Override
    public boolean hasRoom(Connection producer) {
        return true; // a stream that is not read is passed over when it comes to writing
    }

    @Override
    public void ask(Connection producer, HalfMessage half, byte[] message, Runnable told) {
        MessageRecord record = new MessageRecord().wrap(new UnsafeBuffer(message), 0, message.length);
        TelemetryCommand question = TelemetryCommand.newBuilder()
                .setRecoverOrphanedTransactionCommand(RecoverOrphanedTransactionCommand.newBuilder()
                        .setMessage(new MessageViews().sent(record))
                        .setTransactionId(new TransactionId(half.id(), half.offset()).encode()))
                .build();
        ((ClientSession) producer).tell(question, told);
    }
}
