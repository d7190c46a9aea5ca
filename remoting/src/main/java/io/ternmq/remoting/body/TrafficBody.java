package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ternmq.broker.traffic.Flow;
import io.ternmq.broker.traffic.Meter;
import java.io.IOException;
import java.util.function.ToLongFunction;

/**
 * What went one way during the last minute, hour and day.
 *
 * @param figures what was counted
 * @param unit which of it is shown
 */
public record TrafficBody(Meter.Figures figures, ToLongFunction<Flow> unit) implements JsonBody {
    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        write(json, "statsDay", figures.day());
        write(json, "statsHour", figures.hour());
        write(json, "statsMinute", figures.minute());
        json.writeEndObject();
    }

    private void write(JsonGenerator json, String name, Flow flow) throws IOException {
        long sum = unit.applyAsLong(flow);
        json.writeObjectFieldStart(name);
        json.writeNumberField("avgpt", flow.calls() == 0 ? 0 : (double) sum / flow.calls());
        json.writeNumberField("sum", sum);
        json.writeNumberField("tps", flow.messages() == 0 ? 0 : flow.messagesPerSecond() * sum / flow.messages());
        json.writeEndObject();
    }
}
