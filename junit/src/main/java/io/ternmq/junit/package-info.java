/**
 * Gives a test a queue of its own, in memory, with a clock that the test turns: see {@link io.ternmq.junit.WithTernMQ}.
 */
@NullMarked
package io.ternmq.junit;

import org.jspecify.annotations.NullMarked;
