/**
 * Delayed messages. Each delay level is a queue of one topic; what is due is copied to its own topic in the same
 * command that moves the level's cursor, so a crash delivers nothing twice.
 */
@NullMarked
package io.ternmq.broker.delay;

import org.jspecify.annotations.NullMarked;
