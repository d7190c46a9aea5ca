package io.ternmq;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the network is encrypted.
 *
 * @param trusted     certificates in PEM that are trusted; empty for those of the Java runtime
 * @param certificate this client's own, in PEM, with {@code key}; empty for none
 * @param key         the private key of {@code certificate}, in PEM
 * @param verifiesHost whether the server's certificate must be of its host name
 */
public record Tls(Optional<Path> trusted, Optional<Path> certificate, Optional<Path> key, boolean verifiesHost) {

    /** Checks that certificate and key come together. */
    public Tls {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("certificate and key: one of them alone (expected: both or neither)");
        }
    }

    /**
     * Trusts what the Java runtime trusts.
     *
     * @return for a server with a public certificate
     */
    public static Tls defaults() {
        return new Tls(Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    /**
     * Trusts certain certificates.
     *
     * @param pem a file with one or more of them
     * @return for a server with a certificate of the company's own
     */
    public static Tls trusting(Path pem) {
        return new Tls(Optional.of(pem), Optional.empty(), Optional.empty(), true);
    }
}
