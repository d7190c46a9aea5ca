package io.ternmq.client.wire;

/** Is told what becomes of connections, on their event loops: must not block. */
public interface ConnectionListener {

    /**
     * It can be used, for the first time or again: the server knows nothing of this client yet.
     *
     * @param connection which
     */
    void opened(Connection connection);

    /**
     * It was lost. It opens again when something is asked of it.
     *
     * @param connection which
     */
    void lost(Connection connection);
}
