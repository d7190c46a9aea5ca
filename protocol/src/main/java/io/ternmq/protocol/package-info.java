/**
 * The bytes that every other module agrees on: RocketMQ's message record and its remoting frames.
 *
 * <p>Nothing here keeps state or waits: bytes in, values out, and back.
 */
@NullMarked
package io.ternmq.protocol;

import org.jspecify.annotations.NullMarked;
