package io.ternmq.remoting.admin;

import io.ternmq.broker.traffic.Flow;
import io.ternmq.broker.traffic.Meter;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.broker.traffic.Traffic.Direction;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.body.TrafficBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Shows what topics and groups sent and were given lately, under the names that RocketMQ's tools ask for. */
public final class TrafficHandler implements RequestHandler {
    private static final char TOPIC_END = '@';

    private final Traffic traffic;

    /** @param traffic what was counted */
    public TrafficHandler(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String name = request.getRequired("statsName");
        Meter.Figures figures = figures(name, request.getRequired("statsKey"));
        if (figures == null) {
            exchange.answer(ResponseCode.SYSTEM_ERROR, "no figures are kept under the name '" + name + "'");
        } else {
            ToLongFunction<Flow> unit = name.endsWith("_SIZE") ? Flow::bytes : Flow::messages;
            exchange.succeed(new TrafficBody(figures, unit));
        }
    }

    private Meter.@Nullable Figures figures(String name, String key) {
        return switch (name) {
            case "TOPIC_PUT_NUMS", "TOPIC_PUT_SIZE" -> traffic.figures(Direction.SENT, key, "");
            case "GROUP_GET_NUMS", "GROUP_GET_SIZE" -> ofGroup(Direction.GIVEN, key);
            case "SNDBCK_PUT_NUMS" -> ofGroup(Direction.HANDED_BACK, key);
            case "BROKER_PUT_NUMS" -> traffic.allSent();
            case "BROKER_GET_NUMS" -> traffic.allGiven();
            default -> null;
        };
    }

    private Meter.Figures ofGroup(Direction direction, String key) {
        int end = key.indexOf(TOPIC_END);
        return end < 0 ? Meter.Figures.NONE : traffic.figures(direction, key.substring(0, end), key.substring(end + 1));
    }
}
