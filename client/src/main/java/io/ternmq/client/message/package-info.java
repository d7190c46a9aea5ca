/**
 * Messages between the API and RocketMQ's form of them: names of properties, compressed bodies, records.
 *
 * <pre>
 *   OutgoingMessage ──► PropertiesText, Bodies ──► a send request
 *   a record        ──► RecordReader           ──► StoredMessage, with an Origin
 * </pre>
 */
@NullMarked
package io.ternmq.client.message;

import org.jspecify.annotations.NullMarked;
