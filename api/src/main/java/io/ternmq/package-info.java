/**
 * One API for messages, whether the queue lives in this process, on a server or in a database.
 *
 * <pre>{@code
 * try (TernMQ mq = TernMQ.open("file:./data")) {
 *     mq.consumer("billing").on("orders", order -> charge(order)).start();
 *     mq.send(Message.to("orders").key("42").tag("paid").body("…").delay(Duration.ofMinutes(5)));
 * }
 * }</pre>
 *
 * <p>Start at {@link io.ternmq.TernMQ}; {@link io.ternmq.Message} is what is sent, {@link io.ternmq.ReceivedMessage} what arrives. What goes
 * wrong is a {@link io.ternmq.TernMQException}, whose kind says what can be done about it. Everything here is thread-safe unless it says
 * otherwise.
 */
@NullMarked
package io.ternmq;

import org.jspecify.annotations.NullMarked;
