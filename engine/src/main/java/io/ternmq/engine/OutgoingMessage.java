package io.ternmq.engine;

import io.ternmq.Message;

/**
 * A message on its way out, with its body made bytes.
 *
 * @param id      names it for ever; the same in each attempt to send it
 * @param message everything but the body
 * @param body    what it says
 */
@SuppressWarnings("ArrayRecordComponent") // made for one send, never compared
public record OutgoingMessage(String id, Message message, byte[] body) {}
