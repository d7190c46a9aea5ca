package io.ternmq.server.client;

import io.ternmq.client.json.JsonObject;

/**
 * A member of a group as the server sees it.
 *
 * @param clientId its name for itself
 * @param address  where it connects from
 * @param language what it is written in
 * @param version  RocketMQ's number of its version
 */
public record GroupClient(String clientId, String address, String language, long version) {

    static GroupClient of(JsonObject json) {
        return new GroupClient(
                json.text("clientId", ""),
                json.text("clientAddr", ""),
                json.text("language", ""),
                json.number("version", 0));
    }
}
