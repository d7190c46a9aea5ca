/**
 * Load generators and the comparisons that docs/PERFORMANCE.md reports.
 */
@NullMarked
package io.ternmq.bench;

import org.jspecify.annotations.NullMarked;
