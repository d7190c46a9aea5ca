/** How members consume: messages taken, handlers run, leases renewed, progress kept. */
@NullMarked
package io.ternmq.runtime.consume;

import org.jspecify.annotations.NullMarked;
