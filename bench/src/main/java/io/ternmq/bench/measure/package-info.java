/** What all tools share: options, results as lines of JSON, what {@code /proc} says of a process. */
@NullMarked
package io.ternmq.bench.measure;

import org.jspecify.annotations.NullMarked;
