/** Messages between applications and engines: bodies made bytes, what is inherited, how futures are waited for. */
@NullMarked
package io.ternmq.runtime.message;

import org.jspecify.annotations.NullMarked;
