/**
 * What {@code docs/PERFORMANCE.md} reports is measured here. {@code bench/compare} runs the whole table;
 * {@link io.ternmq.bench.Main} lists the single tools.
 */
@NullMarked
package io.ternmq.bench;

import org.jspecify.annotations.NullMarked;
