/**
 * The JSON bodies of the remoting protocol: what clients send and what they are answered, nothing else.
 *
 * <p>Each body is a record that writes itself ({@link io.ternmq.remoting.body.JsonBody}) or is parsed from bytes.
 * Parsing is lenient about fields it does not know and strict about everything else ({@link
 * io.ternmq.remoting.body.BodyFormatException}). RocketMQ's own clients use a dialect in which the key of a map may be
 * an object; {@link io.ternmq.remoting.body.QueueTable} speaks it.
 */
@NullMarked
package io.ternmq.remoting.body;

import org.jspecify.annotations.NullMarked;
