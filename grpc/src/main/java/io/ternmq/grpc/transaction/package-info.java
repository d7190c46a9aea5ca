/** What producers say about their transactions, how they are asked, and timed messages taken back. */
@NullMarked
package io.ternmq.grpc.transaction;

import org.jspecify.annotations.NullMarked;
