package io.ternmq.grpc.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * A certificate that vouches for itself, and its key, as files.
 *
 * @param certificate of this machine's loopback address
 * @param key in PKCS#8
 */
public record PemFiles(Path certificate, Path key) {
    /** Makes a new pair. */
    public static PemFiles make(Path folder, String name, long nowMs) throws IOException, GeneralSecurityException {
        SelfSigned self = SelfSigned.make(nowMs);
        return new PemFiles(
                write(
                        folder.resolve(name + ".pem"),
                        "CERTIFICATE",
                        self.certificate().getEncoded()),
                write(folder.resolve(name + ".key"), "PRIVATE KEY", self.key().getEncoded()));
    }

    private static Path write(Path file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
