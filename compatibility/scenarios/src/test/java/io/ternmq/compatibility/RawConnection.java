package io.ternmq.compatibility;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** A connection on which a test says what no client would say. */
final class RawConnection implements AutoCloseable {
    private static final int READ_TIMEOUT_MS = 20_000;

    private final Socket socket;

    RawConnection(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        socket = new Socket();
        socket.connect(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                READ_TIMEOUT_MS);
        socket.setSoTimeout(READ_TIMEOUT_MS);
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void write(RemotingCommand request) throws IOException {
        ByteBuffer frame = request.encode();
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        write(bytes);
    }

    RemotingCommand read() throws IOException, RemotingCommandException {
        var in = new DataInputStream(socket.getInputStream());
        var frame = new byte[in.readInt()];
        in.readFully(frame);
        return RemotingCommand.decode(ByteBuffer.wrap(frame));
    }

    /** Waits until the other side has closed the connection. */
    void awaitClosed() throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // whatever it still has to say
            }
        } catch (SocketException e) {
            // reset, because it had not read all that we sent: closed as well
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
