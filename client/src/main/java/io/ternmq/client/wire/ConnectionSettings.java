package io.ternmq.client.wire;

import io.ternmq.Credentials;
import io.ternmq.Tls;
import java.util.Optional;

/**
 * How connections are made.
 *
 * @param ioThreads   event loops
 * @param limits      what each may hold
 * @param credentials who signs; empty to sign nothing
 * @param tls         how they are encrypted; empty for plain text
 */
public record ConnectionSettings(
        int ioThreads, ConnectionLimits limits, Optional<Credentials> credentials, Optional<Tls> tls) {}
