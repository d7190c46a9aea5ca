/** What an engine implements to be found by {@link io.ternmq.TernMQ#open}. Applications do not need it. */
@NullMarked
package io.ternmq.spi;

import org.jspecify.annotations.NullMarked;
