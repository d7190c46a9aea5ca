package io.ternmq;

/**
 * Who a client is.
 *
 * @param accessKey the name
 * @param secretKey proves it; never printed
 */
public record Credentials(String accessKey, String secretKey) {

    @Override
    public String toString() {
        return "Credentials of " + accessKey;
    }
}
