/** Reading from positions, and where groups are. Start at {@link io.ternmq.client.offset.Reading} and {@link io.ternmq.client.offset.Offsets}. */
@NullMarked
package io.ternmq.client.offset;

import org.jspecify.annotations.NullMarked;
