/** What producers say about their transactions, and how they are asked. */
@NullMarked
package io.ternmq.remoting.transaction;

import org.jspecify.annotations.NullMarked;
