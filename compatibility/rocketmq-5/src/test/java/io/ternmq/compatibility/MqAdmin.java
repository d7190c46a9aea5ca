package io.ternmq.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.rocketmq.tools.command.MQAdminStartup;

/** The command line {@code mqadmin} of RocketMQ, as operators run it: a process of its own, here one for many commands. */
final class MqAdmin implements AutoCloseable {
    private static final String SEPARATOR = "\u0001";

    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader outputs;

    private MqAdmin(Process process) {
        this.process = process;
        this.commands = new PrintWriter(process.getOutputStream(), true, UTF_8);
        this.outputs = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** @param address the name server's, which every command is pointed at */
    static MqAdmin start(String address) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + System.getProperty("user.home"),
                "-cp",
                System.getProperty("java.class.path"),
                MqAdmin.class.getName(),
                address);
        return new MqAdmin(new ProcessBuilder(command)
                .directory(Path.of("target").toFile()) // some commands leave files where they run
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Runs one command to its end. @return what it printed, errors included */
    synchronized String run(String... arguments) throws IOException {
        commands.println(String.join(SEPARATOR, arguments));
        String output = outputs.readLine();
        if (output == null) {
            throw new IllegalStateException("mqadmin ended at " + Arrays.toString(arguments));
        }
        return new String(Base64.getDecoder().decode(output), UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs the commands that it is given, a line each, and answers each with a line: what it printed. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var command = new ArrayList<>(List.of(line.split(SEPARATOR, -1)));
            command.addAll(List.of("-n", arguments[0]));
            var printed = new ByteArrayOutputStream();
            var capture = new PrintStream(printed, true, UTF_8);
            System.setOut(capture);
            System.setErr(capture);
            Commands.begin();
            MQAdminStartup.main0(command.toArray(String[]::new), null);
            answers.println(Base64.getEncoder().encodeToString(printed.toByteArray()));
            answers.flush();
        }
    }

    /** The commands themselves. */
    private static final class Commands extends MQAdminStartup {
        /** A real run begins with new ones; some keep a client that they have shut down. */
        static void begin() {
            SUB_COMMANDS.clear();
        }
    }
}
