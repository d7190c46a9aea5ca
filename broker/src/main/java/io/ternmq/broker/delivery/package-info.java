/** Who waits for messages: a waiting consumer is an object here, woken by the commit that brings its message. */
@NullMarked
package io.ternmq.broker.delivery;

import org.jspecify.annotations.NullMarked;
