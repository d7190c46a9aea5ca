package io.ternmq.remoting;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ternmq.protocol.remoting.HeaderFormat;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RemotingFrameDecoder;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import io.ternmq.protocol.remoting.WireLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client that asks over a socket and keeps all that it is answered. */
final class TestClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final EmbeddedChannel decoder = new EmbeddedChannel(new RemotingFrameDecoder(WireLimits.DEFAULT));
    private final RemotingFrameEncoder encoder = new RemotingFrameEncoder();
    private final List<RemotingFrame> received = new ArrayList<>();
    private HeaderFormat format = HeaderFormat.JSON;
    private int lastOpaque;
    private boolean ended;

    TestClient(InetSocketAddress server) {
        try {
            socket.connect(server);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on headers are written in that format. */
    TestClient speaking(HeaderFormat newFormat) {
        format = newFormat;
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Asks and waits for the answer. */
    RemotingFrame ask(int code, Map<String, ?> fields) {
        return ask(code, fields, new byte[0]);
    }

    /** Asks and waits for the answer. */
    RemotingFrame ask(int code, Map<String, ?> fields, String body) {
        return ask(code, fields, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks and waits for the answer. */
    RemotingFrame ask(int code, Map<String, ?> fields, byte[] body) {
        return awaitAnswer(send(code, fields, body));
    }

    /** Waits for the answer to a request that was sent before. */
    RemotingFrame awaitAnswer(int opaque) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> answer(opaque), answer -> answer != null);
    }

    /** Asks and does not wait. @return the request's number */
    int send(int code, Map<String, ?> fields, byte[] body) {
        int opaque = ++lastOpaque;
        encoder.beginRequest(format, opaque, code);
        write(fields, body);
        return opaque;
    }

    /** Tells something that is not answered. */
    void tell(int code, Map<String, ?> fields, byte[] body) {
        encoder.beginOneway(format, ++lastOpaque, code);
        write(fields, body);
    }

    /** Answers a request of the server. */
    void reply(RemotingFrame request, int code, String body) {
        encoder.beginResponse(format, request.opaque(), code, null);
        write(Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for a request of the server with that code. */
    RemotingFrame awaitRequest(int code) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(() -> request(code), request -> request != null);
    }

    /** @return a request of the server with that code, or null when there is none yet */
    @Nullable
    RemotingFrame request(int code) {
        receive();
        return received.stream()
                .filter(frame -> !frame.isResponse() && frame.code() == code)
                .findFirst()
                .orElse(null);
    }

    /** @return the answer to that request, or null when there is none yet */
    @Nullable
    RemotingFrame answer(int opaque) {
        receive();
        return received.stream()
                .filter(frame -> frame.isResponse() && frame.opaque() == opaque)
                .findFirst()
                .orElse(null);
    }

    /** @return how many frames came in all */
    int receivedCount() {
        receive();
        return received.size();
    }

    /** Writes bytes that need not be a frame. */
    void writeRaw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether the server has ended the connection */
    boolean isEnded() {
        try {
            socket.setSoTimeout(1);
            int next = socket.getInputStream().read();
            ended = next < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            ended = true;
        }
        return ended;
    }

    static String text(RemotingFrame frame) {
        return frame.body().toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        received.forEach(RemotingFrame::release);
        received.clear();
        decoder.finishAndReleaseAll();
    }

    private void write(Map<String, ?> fields, byte[] body) {
        fields.forEach((name, value) -> encoder.field(name, String.valueOf(value)));
        ByteBuf frame = Unpooled.buffer();
        encoder.end(frame, body.length);
        frame.writeBytes(body);
        writeRaw(ByteBufUtil.getBytes(frame));
        frame.release();
    }

    private void receive() {
        try {
            int available = socket.getInputStream().available();
            if (available > 0) {
                byte[] bytes = socket.getInputStream().readNBytes(available);
                decoder.writeInbound(Unpooled.wrappedBuffer(bytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (RemotingFrame frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
            received.add(frame);
        }
    }
}
