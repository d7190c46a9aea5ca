package io.ternmq.engine;

import java.time.Instant;

/**
 * A message that a member has for a time.
 *
 * @param message  the message
 * @param deadline when others get it
 * @param handle   what the engine knows it by
 */
public record LeasedMessage(StoredMessage message, Instant deadline, Object handle) {}
