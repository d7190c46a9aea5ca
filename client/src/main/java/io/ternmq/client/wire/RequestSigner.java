package io.ternmq.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ternmq.Credentials;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collection;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as RocketMQ's access control wants it: HMAC-SHA1 over the values of all fields, in the order of their names, and the
 * body. For one event loop.
 */
final class RequestSigner {

    static final String ACCESS_KEY = "AccessKey";
    static final String SIGNATURE = "Signature";

    private static final String ALGORITHM = "HmacSHA1";

    private final String accessKey;
    private final Mac mac;

    RequestSigner(Credentials credentials) {
        this.accessKey = credentials.accessKey();
        try {
            this.mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(credentials.secretKey().getBytes(UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("credentials: the secret key cannot be used (expected: not empty)", e);
        }
    }

    String accessKey() {
        return accessKey;
    }

    String signature(Collection<String> valuesByName, byte[] body) {
        for (String value : valuesByName) {
            mac.update(value.getBytes(UTF_8));
        }
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }
}
