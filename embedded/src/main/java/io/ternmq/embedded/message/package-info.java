/** Messages of the API as records of the log, and back. */
@NullMarked
package io.ternmq.embedded.message;

import org.jspecify.annotations.NullMarked;
