package io.ternmq.grpc.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/**
 * A certificate that nobody vouches for, with its key: enough for clients that encrypt without asking who they talk to, as
 * RocketMQ's do. Made anew for each run, never written to a file.
 *
 * @param certificate of {@value #NAME} and this machine's loopback addresses
 * @param key on the curve P-256
 */
record SelfSigned(X509Certificate certificate, PrivateKey key) {
    private static final String NAME = "localhost";
    private static final int SERIAL_BITS = 120;
    private static final long BEFORE_MS = TimeUnit.DAYS.toMillis(1);
    private static final long AFTER_MS = TimeUnit.DAYS.toMillis(3_650);
    private static final int VERSION_3 = 2;
    private static final int ALTERNATIVE_DNS = 2;
    private static final int ALTERNATIVE_IP = 7;
    private static final int EXTENSIONS = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * Makes one that is good for ten years.
     *
     * @param nowMs milliseconds since 1970
     */
    static SelfSigned make(long nowMs) throws GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        byte[] algorithm = DerWriter.sequence(ecdsaWithSha256());
        byte[] content = content(nowMs, new BigInteger(SERIAL_BITS, random), algorithm, pair);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate(), random);
        signature.update(content);
        byte[] whole = DerWriter.sequence(content, algorithm, DerWriter.bits(signature.sign()));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        return new SelfSigned(certificate, pair.getPrivate());
    }

    private static byte[] content(long nowMs, BigInteger serial, byte[] algorithm, KeyPair pair) {
        byte[] name = DerWriter.sequence(DerWriter.set(DerWriter.sequence(commonName(), DerWriter.text(NAME))));
        return DerWriter.sequence(
                DerWriter.tagged(0, DerWriter.integer(BigInteger.valueOf(VERSION_3))),
                DerWriter.integer(serial),
                algorithm,
                name,
                DerWriter.sequence(time(nowMs - BEFORE_MS), time(nowMs + AFTER_MS)),
                name,
                pair.getPublic().getEncoded(),
                DerWriter.tagged(EXTENSIONS, DerWriter.sequence(alternativeNames())));
    }

    private static byte[] alternativeNames() {
        byte[] names = DerWriter.sequence(
                DerWriter.taggedBytes(ALTERNATIVE_DNS, NAME.getBytes(StandardCharsets.US_ASCII)),
                DerWriter.taggedBytes(
                        ALTERNATIVE_IP, InetAddress.getLoopbackAddress().getAddress()));
        return DerWriter.sequence(DerWriter.objectId(0x55, 0x1D, 0x11), DerWriter.octets(names));
    }

    private static byte[] time(long ms) {
        return DerWriter.utcTime(TIME.format(Instant.ofEpochMilli(ms)));
    }

    private static byte[] commonName() {
        return DerWriter.objectId(0x55, 0x04, 0x03);
    }

    private static byte[] ecdsaWithSha256() {
        return DerWriter.objectId(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02);
    }
}
