package io.ternmq.grpc.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What two files in PEM say about who a server is.
 *
 * @param chain the server's certificate, and those that vouch for it
 * @param key its private key
 */
record IdentityFiles(List<X509Certificate> chain, PrivateKey key) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads them, and checks that they belong together: otherwise each handshake would fail, and only then.
     *
     * @throws IOException when a file cannot be read
     * @throws GeneralSecurityException when a file is not what it should be, or they do not belong together
     */
    static IdentityFiles read(Path certificates, Path key) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        try (InputStream in = Files.newInputStream(certificates)) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .forEach(certificate -> chain.add((X509Certificate) certificate));
        }
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        String algorithm = chain.get(0).getPublicKey().getAlgorithm();
        IdentityFiles read = new IdentityFiles(chain, key(Files.readString(key), algorithm));
        if (!read.belongTogether(algorithm)) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
        return read;
    }

    private static PrivateKey key(String text, String algorithm) throws GeneralSecurityException {
        Matcher found = KEY.matcher(text);
        if (!found.find()) {
            throw new GeneralSecurityException("no private key in PKCS#8 without a password");
        }
        byte[] content = Base64.getMimeDecoder().decode(found.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
    }

    private boolean belongTogether(String algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(chain.get(0));
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
