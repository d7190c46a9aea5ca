/** What applications do, to be run and to be copied. Each example takes the queue's address as its argument. */
@NullMarked
package io.ternmq.examples;

import org.jspecify.annotations.NullMarked;
