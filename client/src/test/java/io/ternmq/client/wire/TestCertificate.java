package io.ternmq.client.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that signs itself, made by the JDK's keytool.
 *
 * @param certificate a file in PEM
 * @param key         its private key, a file in PEM
 */
record TestCertificate(Path certificate, Path key) {

    private static final String PASSWORD = "secret";
    private static final String ALIAS = "it";
    private static final int LINE_CHARS = 64;

    /**
     * Makes one.
     *
     * @param folder for its files
     * @param name   of the files and of its holder
     * @param host   of which it is, as keytool says it, such as {@code ip:127.0.0.1}
     */
    static TestCertificate make(Path folder, String name, String host) throws Exception {
        Path store = folder.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options = "-genkeypair -alias " + ALIAS + " -keyalg EC -groupname secp256r1 -dname CN=" + name
                + " -ext san=" + host + " -validity 2 -storetype PKCS12 -storepass " + PASSWORD;
        List<String> command = new ArrayList<>(List.of(keytool, "-keystore", store.toString()));
        command.addAll(List.of(options.split(" ", -1)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertThat(process.waitFor()).as(said).isZero();
        return new TestCertificate(folder.resolve(name + ".crt"), folder.resolve(name + ".key")).write(store);
    }

    private TestCertificate write(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
        Files.writeString(
                key,
                pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        return this;
    }

    private static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(LINE_CHARS, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }
}
