package io.ternmq.remoting.body;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of names under one field. */
public final class NameListBody implements JsonBody {
    private final String field;
    private final List<String> names;
    private final @Nullable String brokerAddress;

    private NameListBody(String field, Collection<String> names, @Nullable String brokerAddress) {
        this.field = field;
        this.names = names.stream().sorted().toList();
        this.brokerAddress = brokerAddress;
    }

    /** @return a list of topics; the address is the broker's they are from, or null */
    public static NameListBody topics(Collection<String> topics, @Nullable String brokerAddress) {
        return new NameListBody("topicList", topics, brokerAddress);
    }

    /** @return a list of consumer groups */
    public static NameListBody groups(Collection<String> groups) {
        return new NameListBody("groupList", groups, null);
    }

    /** @return a list of the client ids of a group's members */
    public static NameListBody consumerIds(Collection<String> clientIds) {
        return new NameListBody("consumerIdList", clientIds, null);
    }

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (brokerAddress != null) {
            json.writeStringField("brokerAddr", brokerAddress);
        }
        Json.writeTexts(json, field, names);
        json.writeEndObject();
    }
}
