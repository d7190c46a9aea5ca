package io.ternmq.server.wire;

import io.ternmq.protocol.remoting.HostPort;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection on which many requests may be under way. For any thread; answers complete on the reader thread. When the
 * connection breaks, whatever waits fails with the reason, and so does everything sent later.
 */
public final class WireConnection implements AutoCloseable {

    private static final int READ_BUFFER_BYTES = 64 << 10;

    private final HostPort address;
    private final Socket socket;
    private final OutputStream out;
    private final ServerRequests serverRequests;
    private final Map<Integer, CompletableFuture<Frame>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger nextOpaque = new AtomicInteger();
    private volatile boolean closed;

    private WireConnection(HostPort address, Socket socket, ServerRequests serverRequests) throws IOException {
        this.address = address;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.serverRequests = serverRequests;
    }

    /**
     * Connects.
     *
     * @param address        where to
     * @param timeout        how long it may take
     * @param serverRequests gets what the server asks
     * @return an open connection
     * @throws WireException when nobody answers there
     */
    public static WireConnection open(HostPort address, Duration timeout, ServerRequests serverRequests)
            throws WireException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) timeout.toMillis());
            var connection = new WireConnection(address, socket, serverRequests);
            connection.startReader();
            return connection;
        } catch (IOException unreachable) {
            closeQuietly(socket);
            throw new WireException(
                    "cannot connect to " + address + ": " + reason(unreachable) + " (is a server running there?)",
                    unreachable);
        }
    }

    private void startReader() throws IOException {
        var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_BUFFER_BYTES));
        var reader = new Thread(() -> readAll(in), "wire-" + address);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Sends a request.
     *
     * @param request not changed afterwards
     * @return the answer, whatever it says; fails with a {@link WireException} when the connection breaks
     */
    public CompletableFuture<Frame> send(Request request) {
        var answer = new CompletableFuture<Frame>();
        int opaque = nextOpaque.incrementAndGet();
        waiting.put(opaque, answer);
        try {
            write(request.toFrame(opaque, 0));
        } catch (IOException broken) {
            waiting.remove(opaque);
            answer.completeExceptionally(lost(broken));
        }
        if (closed) {
            failAll(new IOException("closed"));
        }
        return answer;
    }

    /**
     * Sends a request that nobody answers.
     *
     * @param request not changed afterwards
     * @throws WireException when the connection is broken
     */
    public void sendOneWay(Request request) throws WireException {
        try {
            write(request.toFrame(nextOpaque.incrementAndGet(), Frame.ONE_WAY));
        } catch (IOException broken) {
            throw lost(broken);
        }
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param request not changed afterwards
     * @param timeout how long it may take
     * @return the answer, whatever it says
     * @throws WireException when there is none in time
     */
    public Frame call(Request request, Duration timeout) throws WireException {
        CompletableFuture<Frame> answer = send(request);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new WireException(address + " did not answer within " + timeout.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof WireException known ? known : lost(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WireException("interrupted while waiting for " + address, interrupted);
        }
    }

    /**
     * The other side.
     *
     * @return as it was given to {@link #open}
     */
    public HostPort address() {
        return address;
    }

    /**
     * Our own address as the socket has it.
     *
     * @return an address without a port
     */
    public String localAddress() {
        return socket.getLocalAddress().getHostAddress();
    }

    /**
     * Whether requests have no more chance.
     *
     * @return true once the connection was closed or has broken
     */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(socket);
    }

    private void write(Frame frame) throws IOException {
        byte[] bytes = FrameCodec.encode(frame);
        synchronized (out) {
            out.write(bytes);
        }
    }

    /** The reader thread's life. */
    private void readAll(DataInputStream in) {
        try {
            while (true) {
                dispatch(FrameCodec.read(in));
            }
        } catch (IOException ended) {
            closed = true;
            closeQuietly(socket);
            failAll(ended);
        }
    }

    private void dispatch(Frame frame) {
        if (frame.isAnswer()) {
            CompletableFuture<Frame> answer = waiting.remove(frame.opaque());
            if (answer != null) {
                answer.complete(frame);
            }
        } else {
            serverRequests.received(frame);
        }
    }

    private void failAll(IOException why) {
        waiting.values().removeIf(answer -> {
            answer.completeExceptionally(lost(why));
            return true;
        });
    }

    private WireException lost(Exception why) {
        return new WireException("lost the connection to " + address + ": " + reason(why), why);
    }

    private static String reason(Exception why) {
        if (why instanceof java.io.EOFException) {
            return "closed by the other side";
        }
        String message = why.getMessage();
        return message == null ? why.getClass().getSimpleName() : message;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // nothing more can be done with it
        }
    }
}
