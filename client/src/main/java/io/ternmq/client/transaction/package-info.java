/** Messages that nobody sees until they are committed: how they are decided, and the server's questions about them. */
@NullMarked
package io.ternmq.client.transaction;

import org.jspecify.annotations.NullMarked;
