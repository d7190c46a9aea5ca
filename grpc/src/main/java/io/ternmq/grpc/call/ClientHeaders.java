package io.ternmq.grpc.call;

import apache.rocketmq.v2.Code;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about itself with each call.
 *
 * @param clientId what it calls itself; empty when it does not
 * @param language what it is written in, as a word; empty when it does not say
 */
public record ClientHeaders(String clientId, String language) {
    private static final Metadata.Key<String> CLIENT_ID = key("x-mq-client-id");
    private static final Metadata.Key<String> LANGUAGE = key("x-mq-language");

    /** @return as the headers of the call say */
    public static ClientHeaders read(Metadata headers) {
        return new ClientHeaders(orEmpty(headers.get(CLIENT_ID)), orEmpty(headers.get(LANGUAGE)));
    }

    /** @throws CallRefused when the client does not say who it is */
    public void check() {
        if (clientId.isBlank()) {
            throw new CallRefused(Code.CLIENT_ID_REQUIRED, "client id cannot be empty");
        }
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
