package io.ternmq.remoting.admin;

import io.netty.buffer.Unpooled;
import io.ternmq.broker.ShardFigures;
import io.ternmq.broker.traffic.Meter;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.BrokerIdentity;
import io.ternmq.remoting.body.KeyValueBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Shows how the broker is doing and how it is set. */
public final class BrokerStatusHandler implements RequestHandler {
    private final BrokerAccess access;
    private final long startedMs;

    /** @param access the shard */
    public BrokerStatusHandler(BrokerAccess access) {
        this.access = access;
        this.startedMs = access.clock().time();
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        switch (request.code()) {
            case RequestCode.GET_BROKER_RUNTIME_INFO -> exchange.succeed(new KeyValueBody(figures()));
            case RequestCode.GET_BROKER_CONFIG, RequestCode.GET_NAMESRV_CONFIG -> {
                exchange.begin(ResponseCode.SUCCESS, null).field("version", "{}");
                exchange.end(Unpooled.wrappedBuffer(settings().getBytes(StandardCharsets.UTF_8)));
            }
            default ->
                exchange.answer(
                        ResponseCode.NO_PERMISSION, "the server's settings are changed where it is started, not here");
        }
    }

    private Map<String, String> figures() {
        ShardFigures figures = access.shard().figures();
        long nowMs = access.clock().time();
        Traffic traffic = access.traffic();
        Map<String, String> table = new TreeMap<>();
        table.put("product", "TernMQ"); // clients ask before they use what RocketMQ does not have
        table.put("brokerVersionDesc", "V5_5_0");
        table.put("brokerActive", Boolean.toString(figures.stoppedReason() == null));
        table.put("bootTimestamp", Long.toString(startedMs));
        table.put("runtime", (nowMs - startedMs) / 1_000 + " seconds");
        table.put("putTps", rates(traffic.allSent()));
        String givenRates = rates(traffic.allGiven());
        table.put("getTransferredTps", givenRates);
        table.put("getTransferedTps", givenRates); // as older tools spell it
        table.put("getFoundTps", givenRates);
        table.put("getTotalTps", givenRates);
        table.put("getMissTps", rates(Meter.Figures.NONE));
        table.put("msgPutTotalTodayNow", Long.toString(traffic.sentCount()));
        table.put("msgPutTotalTodayMorning", "0");
        table.put("msgPutTotalYesterdayMorning", "0");
        table.put("msgGetTotalTodayNow", Long.toString(traffic.givenCount()));
        table.put("msgGetTotalTodayMorning", "0");
        table.put("msgGetTotalYesterdayMorning", "0");
        table.put("sendThreadPoolQueueSize", Integer.toString(figures.mailboxCount()));
        table.put("pullThreadPoolQueueSize", Integer.toString(figures.waitingConsumers()));
        table.put("sendThreadPoolQueueHeadWaitTimeMills", "0");
        table.put("pullThreadPoolQueueHeadWaitTimeMills", "0");
        table.put("ackThreadPoolQueueSize", "0");
        table.put("ackThreadPoolQueueHeadWaitTimeMills", "0");
        table.put("pageCacheLockTimeMills", "0");
        table.put("commitLogMinOffset", Long.toString(figures.startPosition()));
        table.put("commitLogMaxOffset", Long.toString(figures.committedPosition()));
        table.put("shardTimeAheadMillis", Long.toString(access.shard().timeAheadMs()));
        table.put("logDamageCount", Long.toString(figures.damageCount()));
        table.put("timerReadBehind", "0");
        table.put("timerOffsetBehind", "0");
        table.put("timerCongestNum", "0");
        table.put("timerEnqueueTps", "0.0");
        table.put("timerDequeueTps", "0.0");
        return table;
    }

    /** Over the last minute, hour and day. */
    private static String rates(Meter.Figures figures) {
        return "%.2f %.2f %.2f"
                .formatted(
                        figures.minute().messagesPerSecond(),
                        figures.hour().messagesPerSecond(),
                        figures.day().messagesPerSecond());
    }

    private String settings() {
        BrokerIdentity identity = access.identity();
        return "autoCreateSubscriptionGroup=" + access.creation().groups() + "\n"
                + "autoCreateTopicEnable=" + access.creation().topics() + "\n"
                + "brokerClusterName=" + identity.clusterName() + "\n"
                + "brokerIP1=" + identity.address() + "\n"
                + "brokerId=0\n"
                + "brokerName=" + identity.brokerName() + "\n"
                + "listenPort=" + identity.storeHost().port() + "\n";
    }
}
